package org.almagest.storage.compact;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.manifest.DataFile;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.metadata.StoreIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Writes data files of one kind, one after the other; for one thread.
 *
 * <p>A file is written under a temporary name, forced, given its name, and the name made durable: only then may a
 * manifest refer to it. Another file begins where the bound of a data file is reached.
 *
 * <p>A writer that lost its lock without noticing may be doing the same. So a temporary name carries the epoch of its
 * writer, and a name that exists is never given again: the file may be one that the other's manifest names.
 */
public final class DataFileWriter {
    /**
     * A file with so many bytes takes no further segment. So small segments share a file, and a large one has its own,
     * which goes with it.
     */
    private static final long SHARED_BYTES = 32L << 20;

    private final Target target;
    private final DataFile.Kind kind;
    private final List<Long> finished = new ArrayList<>();
    private @Nullable AppendFile file;
    private long fileNumber;

    /**
     * Where files are written.
     *
     * @param storage the store
     * @param identity what its files are known by
     * @param fileBytesMax bytes after which another file begins
     * @param epoch of the writer
     * @param numbers gives numbers of data files, each once
     */
    public record Target(
            Storage storage, StoreIdentity identity, long fileBytesMax, long epoch, LongSupplier numbers) {}

    /** Begins without a file; one is made when it is needed. */
    public DataFileWriter(Target target, DataFile.Kind kind) {
        this.target = target;
        this.kind = kind;
    }

    /** Returns the file that the next segment or generation of tombstones is to be appended to. */
    AppendFile file() throws IOException {
        if (file != null && file.length() >= Math.min(SHARED_BYTES, target.fileBytesMax())) {
            finishFile();
        }
        if (file == null) {
            file = createFile();
        }
        return file;
    }

    /** Returns the number that the present file will have. */
    long fileNumber() {
        return fileNumber;
    }

    Target target() {
        return target;
    }

    private AppendFile createFile() throws IOException {
        Storage storage = target.storage();
        fileNumber = target.numbers().getAsLong();
        while (storage.size(name(fileNumber)) != Storage.NO_FILE) {
            fileNumber = target.numbers().getAsLong(); // left by one that published nothing; the next open deletes it
        }
        storage.delete(temporary()); // of an attempt that failed
        return storage.createNew(temporary());
    }

    /** Makes everything that was written durable under its names. */
    public void finish() throws IOException {
        if (file != null) {
            finishFile();
        }
    }

    private void finishFile() throws IOException {
        assert file != null;
        boolean segments = kind == DataFile.Kind.SEGMENTS;
        file.force(segments ? Barrier.SEGMENT_FORCE : Barrier.TOMBSTONE_FORCE);
        file.close();
        file = null;
        target.storage().publish(temporary(), name(fileNumber));
        finished.add(fileNumber);
        target.storage()
                .syncDir(
                        DataFiles.folderOf(fileNumber),
                        segments ? Barrier.SEGMENT_DIR_SYNC : Barrier.TOMBSTONE_DIR_SYNC);
    }

    /** Lets go of the file that is open; what was named stays. */
    public void release() {
        if (file == null) {
            return;
        }
        try {
            file.close();
            target.storage().delete(temporary());
        } catch (IOException e) {
            // The next open empties tmp/; what matters is the failure that brought us here.
            System.getLogger(DataFileWriter.class.getName())
                    .log(Level.DEBUG, "data file: stays until the next open", e);
        }
        file = null;
    }

    /** Gives up everything that was written; no manifest may name it. */
    public void abandon() {
        release();
        for (long number : finished) {
            try {
                target.storage().delete(name(number));
            } catch (IOException e) {
                System.getLogger(DataFileWriter.class.getName())
                        .log(Level.DEBUG, "data file: stays until the next open", e);
            }
        }
        finished.clear();
    }

    private String name(long number) {
        return new DataFile(kind, number).name();
    }

    private String temporary() {
        return "tmp/" + target.epoch() + "-" + fileNumber + (kind == DataFile.Kind.SEGMENTS ? ".seg" : ".del");
    }
}
