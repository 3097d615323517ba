package org.openedx.aggregator.course;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.openedx.aggregator.course.RegisteredBlocks.RegisteredBlock;
import org.openedx.aggregator.key.UsageKey;

/**
 * What all graphs of a course version share.
 *
 * @param leaves the nodes of completable blocks
 * @param optional those of them that need not be done
 */
record CompiledNodes(RegisteredBlocks registered, int[] registeredNodes, BlockIndex completable, BlockIndex all,
        int[] firstChild, int[] children, BitSet leaves, BitSet optional, VisibilityRules rules) {

    static CompiledNodes of(CourseStructure structure, CompletionPolicy policy, Map<UsageKey, Integer> blockIds) {
        return new Compiler(structure, policy, blockIds).compile();
    }

    /** How many blocks count. */
    int size() {
        return firstChild.length - 1;
    }

    int bytes() {
        int perRegistered = 200;
        return registered.size() * perRegistered + completable.bytes() + all.bytes() + rules.bytes()
                + Integer.BYTES * (registeredNodes.length + firstChild.length + children.length)
                + (leaves.size() + optional.size()) / Byte.SIZE;
    }

    /** One walk over the blocks that count, then one pass for each array. */
    private static final class Compiler {

        private final CourseStructure structure;
        private final CompletionPolicy policy;
        private final Map<UsageKey, Integer> blockIds;
        private final List<Block> postOrder = new ArrayList<>();
        private final Map<UsageKey, Integer> nodes = new HashMap<>();

        Compiler(CourseStructure structure, CompletionPolicy policy, Map<UsageKey, Integer> blockIds) {
            this.structure = structure;
            this.policy = policy;
            this.blockIds = blockIds;
        }

        CompiledNodes compile() {
            walk();
            var firstChild = new int[postOrder.size() + 1];
            var children = new ArrayList<Integer>();
            for (int node = 0; node < postOrder.size(); node++) {
                firstChild[node] = children.size();
                children.addAll(countingChildren(postOrder.get(node)));
            }
            firstChild[postOrder.size()] = children.size();
            var edges = children.stream().mapToInt(Integer::intValue).toArray();
            var registered = registered();
            return new CompiledNodes(
                    new RegisteredBlocks(registered.stream().map(Compiler::described).toList()),
                    registered.stream().mapToInt(block -> nodes.get(block.key())).toArray(),
                    index(postOrder.stream().filter(this::isCompletable).toList()),
                    index(postOrder),
                    firstChild,
                    edges,
                    where(this::isCompletable),
                    optional(firstChild, edges),
                    VisibilityCompiler.rules(postOrder, policy));
        }

        private record Visit(Block block, Iterator<UsageKey> children) {
        }

        // Without recursion: the depth of a course is somebody else's data.
        private void walk() {
            Deque<Visit> path = new ArrayDeque<>();
            enter(structure.root(), path);
            while (!path.isEmpty()) {
                var visit = path.peek();
                if (visit.children().hasNext()) {
                    enter(visit.children().next(), path);
                } else {
                    path.pop();
                    nodes.putIfAbsent(visit.block().key(), postOrder.size());
                    postOrder.add(visit.block());
                }
            }
        }

        private void enter(UsageKey key, Deque<Visit> path) {
            var block = structure.blocks().get(key);
            if (!nodes.containsKey(key) && counts(block)) {
                path.push(new Visit(block, visitedChildren(block).iterator()));
            }
        }

        private List<UsageKey> visitedChildren(Block block) {
            return isCompletable(block) ? List.of() : block.children();
        }

        private List<Integer> countingChildren(Block block) {
            return visitedChildren(block)
                    .stream()
                    .filter(nodes::containsKey)
                    .map(nodes::get)
                    .toList();
        }

        private BitSet where(Predicate<Block> property) {
            var found = new BitSet(postOrder.size());
            IntStream.range(0, postOrder.size())
                    .filter(node -> property.test(postOrder.get(node)))
                    .forEach(found::set);
            return found;
        }

        // A block is optional if it says so or if all that is directly above it is. Parents have higher numbers.
        private BitSet optional(int[] firstChild, int[] children) {
            var optional = where(Block::optionalCompletion);
            if (optional.isEmpty()) {
                return optional;
            }
            var required = new BitSet(postOrder.size());
            required.set(postOrder.size() - 1);
            for (int node = postOrder.size() - 1; node >= 0; node--) {
                if (!required.get(node)) {
                    optional.set(node);
                }
                for (int position = firstChild[node]; position < firstChild[node + 1] && !optional.get(node); position++) {
                    required.set(children[position]);
                }
            }
            optional.and(where(this::isCompletable));
            return optional;
        }

        private List<Block> registered() {
            return policy.registered()
                    .stream()
                    .flatMap(this::aggregatorsOf)
                    .toList();
        }

        private Stream<Block> aggregatorsOf(String type) {
            return structure.blocks()
                    .values()
                    .stream()
                    .filter(block -> block.type().equals(type) && nodes.containsKey(block.key()) && !isCompletable(block));
        }

        private BlockIndex index(List<Block> blocks) {
            return new BlockIndex(
                    blocks.stream().mapToInt(block -> blockIds.get(block.key())).toArray(),
                    blocks.stream().mapToInt(block -> nodes.get(block.key())).toArray());
        }

        private boolean counts(Block block) {
            return switch (policy.modes().of(block)) {
                case COMPLETABLE, AGGREGATOR -> true;
                case EXCLUDED -> false;
            };
        }

        private boolean isCompletable(Block block) {
            return policy.modes().of(block) == CompletionMode.COMPLETABLE;
        }

        private static RegisteredBlock described(Block block) {
            return new RegisteredBlock(block.type(), block.key().value());
        }
    }
}
