package org.openedx.aggregator.course;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.UsageKey;

/** Short names for the blocks of one course: {@code "vertical/v1"}. */
final class Keys {
    static final CourseKey COURSE = CourseKey.parse("course-v1:Org+Math+2026");
    static final UsageKey ROOT = key("course/course");

    private Keys() {
    }

    static UsageKey key(String typeAndId) {
        var slash = typeAndId.indexOf('/');
        return UsageKey.parse("block-v1:Org+Math+2026+type@" + typeAndId.substring(0, slash) + "+block@"
                + typeAndId.substring(slash + 1));
    }

    static Block block(String typeAndId, String... children) {
        return Block.of(key(typeAndId), Stream.of(children).map(Keys::key).toList());
    }

    static CourseStructure structure(Block... blocks) {
        return new CourseStructure(COURSE, ROOT, byKey(List.of(blocks)));
    }

    static Map<UsageKey, Block> byKey(List<Block> blocks) {
        return blocks.stream().collect(Collectors.toMap(Block::key, Function.identity()));
    }
}
