package org.openedx.aggregator.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.flywaydb.core.api.FlywayException;

/** Answers what it was told, the last answer again and again; nothing told means the database is away. */
class FakeSchema extends Schema {

    private final Deque<List<String>> answers = new ArrayDeque<>();
    int looks;

    FakeSchema() {
        super(null);
    }

    FakeSchema lacking(String... versions) {
        answers.add(List.of(versions));
        return this;
    }

    @Override
    List<String> missing() {
        looks++;
        if (answers.isEmpty()) {
            throw new FlywayException("Unable to obtain connection");
        }
        return answers.size() > 1 ? answers.remove() : answers.element();
    }
}
