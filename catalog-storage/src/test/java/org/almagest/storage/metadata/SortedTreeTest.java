package org.almagest.storage.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class SortedTreeTest {
    @Test
    void theEmptyOneHoldsNothing() {
        SortedTree<String, Integer> tree = SortedTree.empty();
        assertNull(tree.get("a"));
        assertEquals(List.of(), tree.values());
    }

    @Test
    void puttingLeavesTheOneBeforeAlone() {
        SortedTree<String, Integer> one = SortedTree.<String, Integer>empty().put("a", 1);
        SortedTree<String, Integer> two = one.put("a", 2).put("b", 3);
        assertEquals(List.of(1), one.values());
        assertEquals(List.of(2, 3), two.values());
        assertNull(one.get("b"));
    }

    @Test
    void staysShallowWhenKeysComeInOrder() {
        SortedTree<Long, Long> tree = SortedTree.empty();
        for (long key = 0; key < 200_000; key++) {
            tree = tree.put(key, key); // a degenerate tree would take hours and the stack
        }
        assertEquals(200_000, tree.values().size());
        assertEquals(Long.valueOf(199_999), tree.get(199_999L));
    }

    @Test
    void equalsASortedMapAfterAnyPuts() {
        Seeded.repeat(200, random -> {
            TreeMap<Integer, Integer> model = new TreeMap<>();
            SortedTree<Integer, Integer> tree = SortedTree.empty();
            int keys = random.nextInt(1, 200);
            for (int i = 0; i < 300; i++) {
                int key = random.nextInt(keys);
                model.put(key, i);
                tree = tree.put(key, i);
            }
            assertEquals(new ArrayList<>(model.values()), tree.values());
            for (int key = 0; key < keys; key++) {
                assertEquals(model.get(key), tree.get(key));
            }
        });
    }

    @Test
    void equalsASortedMapAfterAnyPutsAndRemovals() {
        Seeded.repeat(200, random -> {
            TreeMap<Integer, Integer> model = new TreeMap<>();
            SortedTree<Integer, Integer> tree = SortedTree.empty();
            int keys = random.nextInt(1, 200);
            for (int i = 0; i < 600; i++) {
                int key = random.nextInt(keys);
                SortedTree<Integer, Integer> before = tree;
                if (random.nextInt(2) == 0) {
                    model.put(key, i);
                    tree = tree.put(key, i);
                } else {
                    List<Integer> values = before.values();
                    tree = tree.remove(key);
                    assertEquals(values, before.values());
                    assertEquals(model.remove(key) == null, tree == before);
                }
                assertEquals(model.size(), tree.size());
            }
            assertEquals(new ArrayList<>(model.values()), tree.values());
            for (int key = 0; key < keys; key++) {
                assertEquals(model.get(key), tree.get(key));
            }
        });
    }

    @Test
    void staysBalancedWhileOneSideIsTakenAway() {
        SortedTree<Integer, Integer> tree = SortedTree.empty();
        for (int key = 0; key < 50_000; key++) {
            tree = tree.put(key, key);
        }
        for (int key = 0; key < 49_990; key++) {
            tree = tree.remove(key); // balanced() asserts the heights of both sides
        }
        assertEquals(List.of(49_990, 49_991, 49_992), tree.values().subList(0, 3));
        assertEquals(10, tree.size());
    }
}
