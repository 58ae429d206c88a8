package org.almagest.index.key;

import java.nio.ByteBuffer;
import org.almagest.internal.format.Presence;

/**
 * Says of most hashes that are not there that they are not, by one look into memory: a Bloom filter whose six bits of a
 * hash lie in one block of 128.
 *
 * <p>A hash times {@link #FIRST} says in its upper half which block. That product, its upper half folded into its lower
 * one, times {@link #SECOND} has, from the top, six bits for each of three bits of the first word of the block, then of
 * three of the second.
 */
final class KeyFilter {
    /** Bytes of a block: never across two cache lines where bodies begin at multiples of 16. */
    static final int BLOCK_BYTES = 2 * Long.BYTES;

    private static final int BLOCK_BITS = 128;
    private static final int BITS_PER_KEY = 10;
    private static final int WORD_BITS = 6;
    private static final long FIRST = 0x9e3779b97f4a7c15L;
    private static final long SECOND = 0xd6e8feb86659fd93L;

    private final ByteBuffer body;
    private final Presence presence;
    private final int offset;
    private final int blocks;

    KeyFilter(ByteBuffer body, Presence presence, int offset, int blocks) {
        this.body = body;
        this.presence = presence;
        this.offset = offset;
        this.blocks = blocks;
    }

    /** Returns how many blocks the filter of so many keys has. */
    static int blocks(int count) {
        return (int) (((long) count * BITS_PER_KEY + BLOCK_BITS - 1) / BLOCK_BITS);
    }

    /** Returns the words of a filter that has the hashes. */
    static long[] bits(long[] hashes, int blocks) {
        long[] words = new long[2 * blocks];
        for (long hash : hashes) {
            long product = hash * FIRST;
            int word = 2 * block(product, blocks);
            long places = places(product);
            words[word] |= mask(places);
            words[word + 1] |= mask(places << 3 * WORD_BITS);
        }
        return words;
    }

    boolean mayHave(long hash) {
        if (blocks == 0) {
            return false;
        }
        long product = hash * FIRST;
        int at = offset + block(product, blocks) * BLOCK_BYTES;
        presence.need(at, BLOCK_BYTES);
        long places = places(product);
        long first = mask(places);
        long second = mask(places << 3 * WORD_BITS);
        return (~body.getLong(at) & first | ~body.getLong(at + Long.BYTES) & second) == 0;
    }

    private static int block(long product, int blocks) {
        return (int) ((product >>> Integer.SIZE) * blocks >>> Integer.SIZE);
    }

    private static long places(long product) {
        return (product ^ product >>> Integer.SIZE) * SECOND;
    }

    /** Returns a word with the bits that the three highest groups of six bits name. */
    private static long mask(long places) {
        return 1L << (places >>> Long.SIZE - WORD_BITS)
                | 1L << (places >>> Long.SIZE - 2 * WORD_BITS)
                | 1L << (places >>> Long.SIZE - 3 * WORD_BITS);
    }
}
