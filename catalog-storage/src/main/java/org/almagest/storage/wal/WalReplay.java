package org.almagest.storage.wal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.metadata.StoreIdentity;

/**
 * Reads all logs that a manifest needs, in order, and hands on the frames that its segments do not contain.
 *
 * <p>Reads only, so it serves recovery as well as a process that looks on while a writer runs; such a process opens
 * again when it meets damage and the newest manifest is another one by then. Holds one frame at a time.
 */
public final class WalReplay {
    private final Storage storage;
    private final StoreIdentity store;
    private final Start start;
    private final Sink sink;
    private long last;
    private long lastInLogs;
    private long frameCount;
    private boolean closed;

    private WalReplay(Storage storage, StoreIdentity store, Start start, Sink sink) {
        this.storage = storage;
        this.store = store;
        this.start = start;
        this.sink = sink;
        this.last = start.flushedSequence;
    }

    /**
     * What the manifest says.
     *
     * @param walFrom the number of the first log that is needed
     * @param flushedSequence frames up to it are in segments, and skipped
     * @param publishedSequences above it, and in segments too: present wherever they fall
     */
    public record Start(long walFrom, long flushedSequence, SortedSet<Long> publishedSequences) {}

    /** Takes the frames, in ascending order of sequence. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes a frame, CLOSE frames left out.
         *
         * @param where file and offset, for messages about the payload
         */
        void accept(Frame frame, String where) throws IOException;
    }

    /**
     * What was found.
     *
     * @param nextSequence the first sequence that was never given
     * @param nextNumber a number for the next log that no file has
     * @param closedCleanly whether the last frame is a CLOSE frame
     * @param frameCount how many frames were handed on
     * @param discardedBytes the length of the torn tail that was dropped
     */
    public record Outcome(
            long nextSequence, long nextNumber, boolean closedCleanly, long frameCount, long discardedBytes) {}

    /**
     * Reads the logs.
     *
     * <p>Frames are handed on before later ones are checked: after an exception, whatever was made of them is void.
     *
     * @throws CorruptStoreException if bytes that had become durable are not there any more
     * @throws UnsupportedFormatException if a log, a frame or a payload version is unknown to this build
     */
    public static Outcome run(Storage storage, StoreIdentity store, Start start, Sink sink) throws IOException {
        return new WalReplay(storage, store, start, sink).run();
    }

    /** Returns the good bytes of the newest log, for one that would go on from there without a rewrite. */
    public static WalHeader.Previous end(Storage storage, StoreIdentity store) throws IOException {
        List<Long> numbers = new ArrayList<>(WalFiles.numbers(storage));
        Collections.reverse(numbers);
        for (long number : numbers) {
            try (WalReader reader = WalReader.open(storage, number, store)) {
                Frame frame = reader.header().isPresent() ? reader.next() : null;
                while (frame != null) {
                    frame = reader.next();
                }
                if (reader.header().isPresent()) {
                    return new WalHeader.Previous(number, reader.position(), reader.rollingCrc());
                }
            }
        }
        return WalHeader.Previous.NONE;
    }

    private Outcome run() throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (long number : WalFiles.numbers(storage)) {
            if (number >= start.walFrom) {
                numbers.add(number);
            }
        }
        if (numbers.isEmpty() || numbers.get(0) != start.walFrom) {
            throw corrupt("log: no file (the manifest needs it)", WalFiles.name(start.walFrom), 0);
        }
        List<WalHeader> chain = chain(headers(numbers));
        long discarded = 0;
        for (int i = 0; i < chain.size(); i++) {
            try (WalReader reader = WalReader.open(storage, chain.get(i).number(), store)) {
                if (i + 1 < chain.size()) {
                    readComplete(reader, chain.get(i + 1));
                } else {
                    discarded = readLast(reader);
                }
            }
        }
        advancePublished();
        requireNoPublishedBehindAGap(chain);
        long nextNumber = Collections.max(numbers) + 1;
        assert last >= start.flushedSequence : last;
        return new Outcome(last + 1, nextNumber, closed, frameCount, discarded);
    }

    /** Returns the headers of all files but the half-made ones, which count as absent. */
    private NavigableMap<Long, WalHeader> headers(List<Long> numbers) throws IOException {
        NavigableMap<Long, WalHeader> headers = new TreeMap<>();
        for (long number : numbers) {
            try (WalReader reader = WalReader.open(storage, number, store)) {
                Optional<WalHeader> header = reader.header();
                if (header.isPresent()) {
                    headers.put(number, header.get());
                } else {
                    requireNoFrame(reader);
                }
            }
        }
        return headers;
    }

    private static void requireNoFrame(WalReader reader) throws IOException {
        Optional<FrameSearch.Found> found = reader.findBehind(0);
        if (found.isPresent()) {
            throw corrupt("log: header is damaged (frame " + found.get().sequence() + " is whole)", reader.name(), 0);
        }
    }

    /**
     * Returns the files that belong together, oldest first: the newest one and its predecessors as far as they are
     * needed. Others must hold no frame; they stay behind when a log could not be finished, or a recovery was cut off.
     */
    private List<WalHeader> chain(NavigableMap<Long, WalHeader> headers) throws IOException {
        List<WalHeader> chain = new ArrayList<>();
        NavigableMap<Long, WalHeader> others = new TreeMap<>(headers);
        while (!others.isEmpty() && chain.isEmpty()) {
            WalHeader newest = others.pollLastEntry().getValue();
            // A chain that starts above walFrom was made by a recovery whose manifest was never published.
            if (newest.number() == start.walFrom || newest.previous().number() >= start.walFrom) {
                chain.add(newest);
            } else {
                requireEmpty(newest.number());
            }
        }
        while (!chain.isEmpty() && chain.get(0).previous().number() >= start.walFrom) {
            WalHeader successor = chain.get(0);
            WalHeader predecessor = others.remove(successor.previous().number());
            if (predecessor == null) {
                throw corrupt(
                        "log: missing or damaged (log " + successor.number() + " follows it)",
                        WalFiles.name(successor.previous().number()),
                        0);
            }
            assert predecessor.number() < successor.number() : predecessor;
            chain.add(0, predecessor);
        }
        for (long number : others.keySet()) {
            requireEmpty(number);
        }
        return chain;
    }

    private void requireEmpty(long number) throws IOException {
        try (WalReader reader = WalReader.open(storage, number, store)) {
            Optional<FrameSearch.Found> found = reader.findBehind(0);
            if (found.isPresent()) {
                throw corrupt(
                        "log: frame " + found.get().sequence() + " outside the chain from log " + start.walFrom,
                        reader.name(),
                        found.get().offset());
            }
        }
    }

    /** Reads a file that has a successor: it must be whole up to where the successor says, and ends there. */
    private void readComplete(WalReader reader, WalHeader successor) throws IOException {
        WalHeader.Previous good = successor.previous();
        while (reader.position() < good.length()) {
            Frame frame = reader.next();
            if (frame == null || reader.position() > good.length()) {
                throw corrupt(
                        "log: no frame (log " + successor.number() + " says " + good.length() + " good bytes)",
                        reader.name(),
                        reader.position());
            }
            take(frame, reader);
        }
        if (reader.rollingCrc() != good.crc()) {
            throw corrupt(
                    "log: crc32c of " + good.length() + " bytes " + WalFormat.hex(reader.rollingCrc()) + " (log "
                            + successor.number() + " says " + WalFormat.hex(good.crc()) + ")",
                    reader.name(),
                    0);
        }
        if (closed) {
            throw corrupt("log: close frame before log " + successor.number(), reader.name(), reader.frameOffset());
        }
    }

    /** Reads the newest file up to its torn tail, whose length it returns. */
    private long readLast(WalReader reader) throws IOException {
        for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
            take(frame, reader);
        }
        long tail = reader.size() - reader.position();
        if (tail == 0) {
            return 0;
        }
        if (closed) {
            throw corrupt("log: " + tail + " bytes after the close frame", reader.name(), reader.position());
        }
        // Up to flushedSequence every frame was durable once, also those that nobody needs any more.
        advancePublished();
        long missing = lastInLogs > 0 && lastInLogs < start.flushedSequence ? lastInLogs + 1 : last + 1;
        Optional<FrameSearch.Found> later = reader.findBehind(missing);
        if (later.isPresent()) {
            throw corrupt(
                    "log: frame " + missing + " is damaged (frame "
                            + later.get().sequence() + " says that "
                            + later.get().syncedSequence() + " was durable)",
                    reader.name(),
                    reader.position());
        }
        return tail;
    }

    private void take(Frame frame, WalReader reader) throws IOException {
        long sequence = frame.sequence();
        long least = Math.max(lastInLogs + 1, reader.header().orElseThrow().firstSequence());
        if (closed || sequence < least) {
            throw corrupt(
                    "log: frame " + sequence + (closed ? " after a close frame" : " (at least " + least + ")"),
                    reader.name(),
                    reader.frameOffset());
        }
        lastInLogs = sequence;
        closed = frame.kind() == FrameKind.CLOSE;
        if (sequence <= start.flushedSequence) {
            return;
        }
        advancePublished();
        if (sequence != last + 1) {
            throw corrupt(
                    "log: frame " + sequence + " (expected " + (last + 1) + ")", reader.name(), reader.frameOffset());
        }
        last = sequence;
        if (!closed) {
            frameCount++;
            sink.accept(frame, reader.name() + " @ " + reader.frameOffset());
        }
    }

    private void advancePublished() {
        while (start.publishedSequences.contains(last + 1)) {
            last++;
        }
    }

    /** A commit is published only when all before it are durable, so one behind a gap proves a loss. */
    private void requireNoPublishedBehindAGap(List<WalHeader> chain) {
        if (!start.publishedSequences.isEmpty() && start.publishedSequences.last() > last) {
            String file = WalFiles.name(
                    chain.isEmpty()
                            ? start.walFrom
                            : chain.get(chain.size() - 1).number());
            throw corrupt(
                    "log: frame " + (last + 1) + " is missing (" + start.publishedSequences.last() + " was published)",
                    file,
                    0);
        }
    }

    private static CorruptStoreException corrupt(String problem, String file, long offset) {
        return new CorruptStoreException(problem, file, offset);
    }
}
