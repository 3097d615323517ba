package org.openedx.aggregator.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The instructions of a Dockerfile, each on one line, without comments. */
record Dockerfile(List<String> instructions) {

    static Dockerfile parse(String text) {
        var instructions = new ArrayList<String>();
        var open = new StringBuilder();
        text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).forEach(line -> {
            open.append(line.replaceFirst("\\\\$", ""));
            if (!line.endsWith("\\")) {
                instructions.add(open.toString().replaceAll("\\s+", " "));
                open.setLength(0);
            }
        });
        return new Dockerfile(instructions);
    }

    /** What follows each instruction of this name. */
    Stream<String> all(String name) {
        return instructions.stream().filter(line -> line.startsWith(name + " ")).map(line -> line.substring(name.length() + 1));
    }

    /** The last stage, which is what runs. */
    Dockerfile image() {
        var lines = instructions.stream().map(line -> line.split(" ")[0]).toList();
        return new Dockerfile(instructions.subList(lines.lastIndexOf("FROM"), instructions.size()));
    }
}
