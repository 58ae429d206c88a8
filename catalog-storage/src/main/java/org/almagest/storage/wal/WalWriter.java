package org.almagest.storage.wal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.fs.FileExistsIOException;
import org.almagest.storage.fs.NoSpaceIOException;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.metadata.StoreIdentity;

/**
 * Writes one log file. Used by one thread at a time; whoever created it closes it.
 *
 * <p>After a failed append the file may hold a part of a frame, and is closed for ever: go on in a file that names
 * {@link #good()} as its predecessor. After a failed force nothing may be written anywhere: the store stops.
 */
public final class WalWriter implements Closeable {
    private final StoreIdentity store;
    private final long number;
    private final AppendFile file;
    private final CRC32C rollingCrc = new CRC32C();
    private long goodLength;
    private int goodCrc;
    private long forcedLength;
    private State state = State.OPEN;

    private enum State {
        OPEN,
        BROKEN,
        ENDED
    }

    private WalWriter(WalHeader header, AppendFile file) {
        this.store = header.store();
        this.number = header.number();
        this.file = file;
    }

    /**
     * Creates a log file: header, its force, the sync of the folder. Nothing may be acknowledged from it before that.
     *
     * <p>Where there is no space for it nothing stays behind, so that the same number can be tried again. Where even
     * that fails a half-made file stays, which recovery takes for absent.
     *
     * @throws FileExistsIOException if there is a file of this number
     * @throws NoSpaceIOException if there is no space for it; every other failure stops the store
     */
    public static WalWriter create(Storage storage, WalHeader header) throws IOException {
        AppendFile file = storage.createNew(WalFiles.name(header.number()));
        WalWriter writer = new WalWriter(header, file);
        try {
            ByteBuffer bytes = header.encode();
            assert bytes.remaining() == WalFormat.HEADER_BYTES : bytes;
            writer.write(bytes);
            writer.force(Barrier.WAL_HEADER_FORCE);
            storage.syncDir(WalFormat.FOLDER, Barrier.WAL_DIR_SYNC);
            return writer;
        } catch (NoSpaceIOException e) {
            file.close();
            storage.delete(file.name());
            throw e;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Writes frames in one piece; not durable before {@link #force}.
     *
     * @throws NoSpaceIOException if there is no space: the group failed, nothing of it counts,
     *     and this file takes no more
     */
    public void append(List<Frame> frames) throws IOException {
        if (state != State.OPEN) {
            throw new IllegalStateException("log " + number + ": append after a failed append or a close frame");
        }
        long size = 0;
        for (Frame frame : frames) {
            size += frame.bytes();
        }
        if (size > Integer.MAX_VALUE || goodLength + size > WalFormat.FILE_BYTES_MAX) {
            throw new IllegalStateException("log " + number + ": group of " + size + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        for (Frame frame : frames) {
            WalFormat.putFrame(bytes, frame, store.place(number, goodLength + bytes.position()));
            if (frame.kind() == FrameKind.CLOSE) {
                state = State.ENDED;
            }
        }
        assert !bytes.hasRemaining() : bytes;
        write(bytes.flip());
    }

    private void write(ByteBuffer bytes) throws IOException {
        State after = state;
        state = State.BROKEN; // until every byte is out
        ByteBuffer written = bytes.duplicate();
        file.append(bytes);
        rollingCrc.update(written);
        goodLength += written.limit();
        goodCrc = (int) rollingCrc.getValue();
        assert file.length() == goodLength : file.length();
        state = after;
    }

    /**
     * Makes everything appended durable.
     *
     * @throws IOException if that is not known: it may or may not be durable, and must not be tried again
     */
    public void force(Barrier barrier) throws IOException {
        if (state == State.BROKEN) {
            throw new IllegalStateException("log " + number + ": force after a failed append");
        }
        State after = state;
        state = State.BROKEN;
        file.force(barrier);
        forcedLength = goodLength;
        state = after;
    }

    /** Returns the number of the file. */
    public long number() {
        return number;
    }

    /** Returns how many bytes whole frames and the header take. */
    public long goodLength() {
        return goodLength;
    }

    /** Returns how many bytes a failed append left behind the last good frame. */
    public long strayBytes() {
        return file.length() - goodLength;
    }

    /** Tells whether the file takes no more frames. */
    public boolean isEnded() {
        return state != State.OPEN;
    }

    /**
     * Returns what the successor of this file writes into its header: the bytes up to the last good frame.
     *
     * <p>Those must be durable, or a crash would leave a chain that contradicts itself. After an append that failed for
     * lack of space they are, as groups before it were forced.
     */
    public WalHeader.Previous good() {
        if (forcedLength != goodLength) {
            throw new IllegalStateException(
                    "log " + number + ": " + goodLength + " bytes (expected as many forced: " + forcedLength + ")");
        }
        return new WalHeader.Previous(number, goodLength, goodCrc);
    }

    /** Closes the file; forces nothing. */
    @Override
    public void close() throws IOException {
        state = State.ENDED;
        file.close();
    }
}
