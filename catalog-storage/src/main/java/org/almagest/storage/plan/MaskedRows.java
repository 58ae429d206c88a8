package org.almagest.storage.plan;

import java.util.Arrays;
import java.util.List;
import org.almagest.runtime.Deadline;

/** The rows of a range that pass block filters, found a block at a time, so that no block is read beyond what is asked. */
final class MaskedRows implements Candidates {
    private final RowSpan span;
    private final int rowCount;
    private final BlockFilter[] filters;
    private final Deadline deadline;
    private final long[] mask = new long[BlockFilter.WORDS];
    private final int lastBlock;
    private int block;
    private int word;
    private long bits;
    private boolean loaded;

    /**
     * Begins before the first row.
     *
     * @param rowCount how many rows the run has
     * @param filters cheapest first
     */
    MaskedRows(RowSpan span, int rowCount, List<BlockFilter> filters, Deadline deadline) {
        this.span = span;
        this.rowCount = rowCount;
        this.filters = filters.toArray(new BlockFilter[0]);
        this.deadline = deadline;
        this.block = span.begin() / BlockFilter.ROWS;
        this.lastBlock = (span.step() > 0 ? span.end() - 1 : span.first()) / BlockFilter.ROWS;
    }

    @Override
    public int next() {
        while (bits == 0) {
            if (!nextWord()) {
                return NONE;
            }
        }
        int bit;
        if (span.step() > 0) {
            bit = Long.numberOfTrailingZeros(bits);
            bits &= bits - 1;
        } else {
            bit = Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
            bits &= ~(1L << bit);
        }
        return block * BlockFilter.ROWS + word * Long.SIZE + bit;
    }

    @Override
    public long countRest() {
        long count = Long.bitCount(bits);
        bits = 0;
        while (nextWord()) {
            count += Long.bitCount(bits);
        }
        bits = 0;
        return count;
    }

    private boolean nextWord() {
        int step = span.step();
        if (loaded && word + step >= 0 && word + step < BlockFilter.WORDS) {
            word += step;
            bits = mask[word];
            return true;
        }
        if (loaded) {
            if (block == lastBlock) {
                return false;
            }
            block += step;
        }
        load();
        loaded = true;
        word = step > 0 ? 0 : BlockFilter.WORDS - 1;
        bits = mask[word];
        return true;
    }

    private void load() {
        deadline.check();
        for (BlockFilter filter : filters) {
            if (!filter.mayPass(block)) {
                Arrays.fill(mask, 0);
                return;
            }
        }
        int base = block * BlockFilter.ROWS;
        int from = Math.max(0, span.first() - base);
        int to = Math.min(BlockFilter.ROWS, span.end() - base);
        fill(from, to);
        int rows = Math.min(BlockFilter.ROWS, rowCount - base);
        for (BlockFilter filter : filters) {
            filter.keep(block, rows, mask);
        }
    }

    /** Sets the bits from one, inclusive, to another, exclusive. */
    private void fill(int from, int to) {
        for (int i = 0; i < mask.length; i++) {
            int low = Math.max(0, Math.min(Long.SIZE, from - i * Long.SIZE));
            int high = Math.max(0, Math.min(Long.SIZE, to - i * Long.SIZE));
            mask[i] = below(high) & ~below(low);
        }
    }

    private static long below(int bit) {
        return bit == Long.SIZE ? -1L : (1L << bit) - 1;
    }
}
