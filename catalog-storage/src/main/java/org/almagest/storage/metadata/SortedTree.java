package org.almagest.storage.metadata;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map that never changes: putting and removing return another one that shares all but one path. An AVL tree, so that
 * neither the order nor the hash codes of hostile names make it deep. Safe to share between threads.
 *
 * <p>Copying a map per metadata change would make the creation of n collections cost n² copies.
 */
final class SortedTree<K extends Comparable<K>, V> {
    private final @Nullable Node<K, V> root;

    private SortedTree(@Nullable Node<K, V> root) {
        this.root = root;
    }

    private record Node<K, V>(
            K key,
            V value,
            @Nullable Node<K, V> left,
            @Nullable Node<K, V> right,
            int height,
            int size) {}

    static <K extends Comparable<K>, V> SortedTree<K, V> empty() {
        return new SortedTree<>(null);
    }

    /**
     * Returns the map of some keys, in time linear in their number.
     *
     * @param keys in ascending order, each once
     * @param values of the keys, in their order
     */
    static <K extends Comparable<K>, V> SortedTree<K, V> ofSorted(List<K> keys, List<V> values) {
        assert keys.size() == values.size() : keys.size() + " keys, " + values.size() + " values";
        return new SortedTree<>(middle(keys, values, 0, keys.size()));
    }

    private static <K extends Comparable<K>, V> @Nullable Node<K, V> middle(
            List<K> keys, List<V> values, int from, int to) {
        if (from == to) {
            return null;
        }
        int middle = (from + to) >>> 1;
        assert from == middle || keys.get(middle - 1).compareTo(keys.get(middle)) < 0 : keys.get(middle);
        Node<K, V> left = middle(keys, values, from, middle);
        Node<K, V> right = middle(keys, values, middle + 1, to);
        int height = Math.max(height(left), height(right)) + 1;
        return new Node<>(keys.get(middle), values.get(middle), left, right, height, to - from);
    }

    /** Returns the value of a key, or null. */
    @Nullable
    V get(K key) {
        Node<K, V> node = root;
        while (node != null) {
            int order = key.compareTo(node.key);
            if (order == 0) {
                return node.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    /** Returns the map in which a key has this value. */
    SortedTree<K, V> put(K key, V value) {
        return new SortedTree<>(put(root, key, value));
    }

    /** Returns the map without a key; this one when the key is not in it. */
    SortedTree<K, V> remove(K key) {
        return get(key) == null ? this : new SortedTree<>(remove(root, key));
    }

    /** Returns how many keys there are, in constant time. */
    int size() {
        return size(root);
    }

    /** Returns the values in the order of their keys; a new list. */
    List<V> values() {
        List<V> values = new ArrayList<>(size());
        collect(root, values);
        return values;
    }

    private static <K, V> void collect(@Nullable Node<K, V> node, List<V> values) {
        if (node != null) {
            collect(node.left, values);
            values.add(node.value);
            collect(node.right, values);
        }
    }

    private static <K extends Comparable<K>, V> Node<K, V> put(@Nullable Node<K, V> node, K key, V value) {
        if (node == null) {
            return new Node<>(key, value, null, null, 1, 1);
        }
        int order = key.compareTo(node.key);
        if (order == 0) {
            return new Node<>(key, value, node.left, node.right, node.height, node.size);
        }
        return order < 0
                ? balanced(node, put(node.left, key, value), node.right)
                : balanced(node, node.left, put(node.right, key, value));
    }

    private static <K extends Comparable<K>, V> @Nullable Node<K, V> remove(@Nullable Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        int order = key.compareTo(node.key);
        if (order != 0) {
            return order < 0
                    ? balanced(node, remove(node.left, key), node.right)
                    : balanced(node, node.left, remove(node.right, key));
        }
        if (node.left == null) {
            return node.right;
        }
        Node<K, V> next = node.right;
        if (next == null) {
            return node.left;
        }
        while (next.left != null) {
            next = next.left;
        }
        return balanced(next, node.left, remove(node.right, next.key)); // the next key takes the place of this one
    }

    private static <K, V> Node<K, V> balanced(Node<K, V> top, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        int lean = height(left) - height(right);
        assert Math.abs(lean) <= 2 : lean;
        if (lean > 1 && left != null) {
            Node<K, V> inner = left.right;
            if (inner != null && height(inner) > height(left.left)) {
                return node(inner, node(left, left.left, inner.left), node(top, inner.right, right));
            }
            return node(left, left.left, node(top, inner, right));
        }
        if (lean < -1 && right != null) {
            Node<K, V> inner = right.left;
            if (inner != null && height(inner) > height(right.right)) {
                return node(inner, node(top, left, inner.left), node(right, inner.right, right.right));
            }
            return node(right, node(top, left, inner), right.right);
        }
        return node(top, left, right);
    }

    private static <K, V> Node<K, V> node(Node<K, V> entry, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        int height = Math.max(height(left), height(right)) + 1;
        return new Node<>(entry.key, entry.value, left, right, height, size(left) + size(right) + 1);
    }

    private static int size(@Nullable Node<?, ?> node) {
        return node == null ? 0 : node.size;
    }

    private static int height(@Nullable Node<?, ?> node) {
        return node == null ? 0 : node.height;
    }
}
