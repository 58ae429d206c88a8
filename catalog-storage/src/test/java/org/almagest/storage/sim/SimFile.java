package org.almagest.storage.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of a file, which only ever grow: those that are durable, then those that so far are only cached.
 *
 * <p>Because bytes below {@link #length} never change, copies of a file share one array, and a pending write is a mere
 * range of it.
 */
final class SimFile implements SimNode {
    /** Bytes written by one call and not yet forced. */
    record Write(long sequence, int from, int to) {}

    private byte[] bytes;
    private int length;
    private int durableLength;
    private final List<Write> pending;
    private boolean sealed;

    /** A new empty file, open for appending. */
    SimFile() {
        this(new byte[0], 0, new ArrayList<>());
    }

    private SimFile(byte[] bytes, int durableLength, List<Write> pending) {
        this.bytes = bytes;
        this.length = bytes.length;
        this.durableLength = durableLength;
        this.pending = pending;
    }

    /** A file that nobody writes any more and of which every byte is durable. The array is not copied. */
    static SimFile durable(byte[] bytes) {
        SimFile file = new SimFile(bytes, bytes.length, List.of());
        file.sealed = true;
        return file;
    }

    /** Returns the file as another process would go on with it: same cache, nobody writing. */
    SimFile copy() {
        if (isImmutable()) {
            return this;
        }
        SimFile copy = new SimFile(bytes, durableLength, new ArrayList<>(pending));
        copy.length = length;
        copy.sealed = true;
        return copy;
    }

    /** Returns whether no later call can change this file, so that disks may share it. */
    boolean isImmutable() {
        return sealed && durableLength == length;
    }

    int length() {
        return length;
    }

    int durableLength() {
        return durableLength;
    }

    List<Write> pending() {
        return pending;
    }

    boolean isSealed() {
        return sealed;
    }

    void seal() {
        sealed = true;
    }

    void append(long sequence, ByteBuffer source, int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
        source.get(bytes, length, count);
        if (count > 0) {
            pending.add(new Write(sequence, length, length + count));
        }
        length += count;
    }

    void force() {
        // Bytes that a failed force has dropped stay lost: they are no longer pending.
        if (!pending.isEmpty()) {
            durableLength = length;
            pending.clear();
        }
    }

    /** What a kernel does when a force fails: the bytes count as written, although they are only in the cache. */
    void dropPending() {
        pending.clear();
    }

    /** Forgets cached bytes that are neither durable nor pending, and returns what can be read then. */
    SimFile withoutCache() {
        return pending.isEmpty() && durableLength < length ? durable(Arrays.copyOf(bytes, durableLength)) : this;
    }

    /** Returns a read-only view. */
    ByteBuffer view(int from, int to) {
        return ByteBuffer.wrap(bytes, from, to - from).slice().asReadOnlyBuffer();
    }

    void copyTo(int from, byte[] target, int to) {
        System.arraycopy(bytes, from, target, from, to - from);
    }
}
