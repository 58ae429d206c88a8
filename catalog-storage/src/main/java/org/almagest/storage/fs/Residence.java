package org.almagest.storage.fs;

import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.almagest.internal.format.Presence;

/**
 * Which blocks of a mapped file were brought into memory lately, and brings the others.
 *
 * <p>A system that has to read a page for a mapping takes it for the start of a long read and reads far around it: 128
 * KiB, or whatever the disk is set to, of which a lookup needs one page. {@link MappedByteBuffer#load} asks for exactly
 * the bytes of a slice; the mapping then finds them in memory. It opens no file, so no interrupt can close one.
 *
 * <p>A block that was brought in carries the era of that moment. Systems drop pages without saying so; therefore eras end
 * ({@link Eras}), and in a new one a block is looked at again before it is trusted. Marks are read and written without
 * order between threads: a mark that comes late costs another look, nothing else.
 *
 * <p>What cannot be brought in stays without a mark, and nothing fails: the read that needs it finds out by itself.
 */
final class Residence implements Presence {
    /** The size of a page on most machines; with larger ones some blocks are looked at in vain. */
    static final int BLOCK_BITS = 12;

    static final int BLOCK_BYTES = 1 << BLOCK_BITS;

    /** The most blocks that are brought in at once: 1 MiB. */
    static final int TOGETHER_MAX = 256;

    /** A block behind so many that were brought in is taken for the next of a scan; fewer are there by chance. */
    static final int BEHIND_MIN = 16;

    private static final byte NEVER = 0;

    private final Pages pages;
    private final int length;
    private final byte[] marks;
    private final Eras eras;

    /** Whether something could not be brought in, after which nothing is brought in that nobody asked for. */
    private boolean failed;

    /** How many threads bring something in for another; who asked may be gone before they are. */
    private final AtomicInteger helping = new AtomicInteger();

    /** The pages of the bytes. */
    interface Pages {
        /** Tells whether all pages of a part are in memory. */
        boolean areLoaded(int from, int length);

        /** Reads the pages of a part into memory, exactly these. */
        void load(int from, int length);
    }

    private record MappedPages(MappedByteBuffer bytes) implements Pages {
        @Override
        public boolean areLoaded(int from, int length) {
            return bytes.slice(from, length).isLoaded();
        }

        @Override
        public void load(int from, int length) {
            bytes.slice(from, length).load();
        }
    }

    Residence(Pages pages, int length, Eras eras) {
        this.pages = pages;
        this.length = length;
        this.marks = new byte[(int) ((length + (long) BLOCK_BYTES - 1) >>> BLOCK_BITS)];
        this.eras = eras;
    }

    /** Returns what is known of some bytes, nothing so far. */
    static Presence of(ByteBuffer bytes, Eras eras) {
        return bytes instanceof MappedByteBuffer
                ? new Residence(new MappedPages((MappedByteBuffer) bytes), bytes.capacity(), eras)
                : Presence.ALWAYS;
    }

    @Override
    public void need(int offset, int count) {
        assert offset >= 0 && count > 0 && count <= length - offset : offset + " + " + count;
        int first = offset >>> BLOCK_BITS;
        int last = offset + count - 1 >>> BLOCK_BITS;
        byte era = eras.now;
        if (marks[first] != era || marks[last] != era || last - first > 1) {
            bring(first, last, era);
        }
    }

    @Override
    public void needAll(int[] parts, int count) {
        needAll(parts, count, 0);
    }

    private void needAll(int[] parts, int count, int start) {
        int[] missing = null;
        int missed = 0;
        for (int i = 0; i < count; i += 2) {
            if (!isThere(start + parts[i], parts[i + 1])) {
                missing = missing == null ? new int[count] : missing;
                missing[missed++] = start + parts[i];
                missing[missed++] = parts[i + 1];
            }
        }
        if (missing != null) {
            int[] needed = missing;
            eras.along.read(missed / 2, part -> need(needed[2 * part], needed[2 * part + 1]), helping);
        }
    }

    /** Tells whether bytes are in memory. */
    private boolean isThere(int offset, int count) {
        int first = offset >>> BLOCK_BITS;
        int end = (offset + count - 1 >>> BLOCK_BITS) + 1;
        byte era = eras.now;
        boolean marked = true;
        boolean known = true;
        for (int block = first; block < end; block++) {
            marked &= marks[block] == era;
            known &= marks[block] != NEVER;
        }
        if (marked) {
            return true;
        }
        int from = first << BLOCK_BITS;
        int bytes = (int) Math.min((long) end << BLOCK_BITS, length) - from;
        boolean there = areLoaded(from, bytes);
        if (there && !known) {
            need(offset, count); // where a system does not tell a process what is in memory, it says that all is
            return true;
        }
        for (int block = first; there && block < end; block++) {
            marks[block] = era;
        }
        return there;
    }

    @Override
    public Presence from(int offset) {
        return offset == 0 ? this : new Part(this, offset);
    }

    /** Waits until nobody helps to bring something in that nobody needs any more; the bytes may be unmapped after it. */
    void awaitHelp() {
        while (helping.get() != 0) {
            Thread.yield();
        }
    }

    private void bring(int first, int last, byte era) {
        int aheadMax = last - first < BEHIND_MIN && !failed ? TOGETHER_MAX : 0; // who asks for much knows its end
        int block = first;
        while (block <= last) {
            if (marks[block] == era) {
                block++;
                continue;
            }
            int ahead = Math.min(marks.length, block + Math.min(aheadMax, blocksBehind(block, era)));
            int asked = last + 1;
            int end = bringTogether(block, Math.max(asked, ahead), era);
            if (end < 0 && ahead > asked) {
                aheadMax = 0; // perhaps what cannot be read lies behind what is needed
                end = bringTogether(block, asked, era);
            }
            if (end < 0) {
                return;
            }
            block = end;
        }
    }

    /** Returns how many blocks before one were brought in, where they are so many that it is a scan; else 0. */
    private int blocksBehind(int block, byte era) {
        int behind = 0;
        while (behind < TOGETHER_MAX && behind < block && marks[block - behind - 1] == era) {
            behind++;
        }
        return behind < BEHIND_MIN ? 0 : behind;
    }

    /** Brings in blocks from one on that was not seen in this era; returns the first behind them, or -1 if it failed. */
    private int bringTogether(int first, int wanted, byte era) {
        int bound = Math.min(wanted, first + TOGETHER_MAX);
        boolean known = true;
        int end = first;
        while (end < bound && marks[end] != era) {
            known &= marks[end] != NEVER;
            end++;
        }
        int from = first << BLOCK_BITS;
        int bytes = (int) Math.min((long) end << BLOCK_BITS, length) - from;
        if (!known || !areLoaded(from, bytes)) {
            try {
                pages.load(from, bytes);
            } catch (Exception | InternalError e) { // an IOException too, which load does not declare
                failed = true;
                return -1;
            }
            eras.brought(bytes);
        }
        for (int block = first; block < end; block++) {
            marks[block] = era;
        }
        return end;
    }

    /** Tells whether all pages of a part are known to be in memory; where a system refuses to tell, they are not. */
    private boolean areLoaded(int from, int bytes) {
        try {
            return pages.areLoaded(from, bytes);
        } catch (Exception | InternalError e) { // an IOException too, which isLoaded does not declare
            return false;
        }
    }

    /** The bytes of a file from one on. */
    private static final class Part implements Presence {
        private final Residence whole;
        private final int start;

        Part(Residence whole, int start) {
            this.whole = whole;
            this.start = start;
        }

        @Override
        public void need(int offset, int count) {
            whole.need(start + offset, count);
        }

        @Override
        public void needAll(int[] parts, int count) {
            whole.needAll(parts, count, start);
        }

        @Override
        public Presence from(int offset) {
            return offset == 0 ? this : new Part(whole, start + offset);
        }
    }

    /**
     * How long a block that was brought in is trusted to be in memory: until so much was brought in after it that the
     * system may have dropped it for that, or {@link #end} is called. Thread-safe.
     */
    static final class Eras {
        /** Bytes that are brought in during an era: an eighth of a second of reading here and there, at best. */
        static final int BYTES = 16 << 20;

        private static final int COUNT = Byte.MAX_VALUE;

        /** From 1 to 127 and around again: a mark that was not renewed in between may be trusted once too often. */
        private byte now = 1;

        private int left = BYTES;

        /** Who brings in several parts at the same time. */
        private final ReadAlong along;

        Eras(ReadAlong along) {
            this.along = along;
        }

        private synchronized void brought(int bytes) {
            left -= bytes;
            if (left <= 0) {
                end();
            }
        }

        /** Begins another era. */
        synchronized void end() {
            now = (byte) (now % COUNT + 1);
            left = BYTES;
        }
    }
}
