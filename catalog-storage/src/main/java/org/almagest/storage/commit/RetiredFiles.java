package org.almagest.storage.commit;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.almagest.storage.manifest.DataFile;
import org.almagest.storage.run.OpenFiles;
import org.almagest.storage.run.SegmentFiles;

/**
 * Deletes data files that no manifest names any more, once nobody reads them: no query of this process that began
 * before, and no other process whose manifest still names them. Thread-safe.
 */
public final class RetiredFiles {
    private static final String WAITING_BYTES = "retired_file_bytes";

    private final StoreParts parts;
    private final SegmentFiles files;
    private final OpenFiles open;
    private final ReaderLeases leases;
    private final List<Retired> waiting = new ArrayList<>();

    /** A file, and the first manifest that does not name it. */
    private record Retired(DataFile file, long goneSince, long bytes) {}

    /** Deletes files of a store, and keeps the fact up to date that says how many bytes wait for a reader. */
    public RetiredFiles(StoreParts parts, SegmentFiles files, OpenFiles open, ReaderLeases leases) {
        this.parts = parts;
        this.files = files;
        this.open = open;
        this.leases = leases;
    }

    /** Lets go of the files that a manifest no longer names; call it when the visible snapshot does not need them. */
    public void retire(Publisher.Published published) {
        retire(published.retired(), published.version());
    }

    private void retire(List<DataFile> retired, long goneSince) {
        List<Runnable> endings = new ArrayList<>();
        for (DataFile file : retired) {
            Retired one = new Retired(file, goneSince, size(file));
            addWaiting(one.bytes());
            endings.add(() -> delete(one));
        }
        open.retire(endings);
        retryLeased();
    }

    private long size(DataFile file) {
        try {
            return Math.max(0, parts.storage().size(file.name()));
        } catch (IOException e) {
            return 0; // only statistics know less for it
        }
    }

    private void addWaiting(long bytes) {
        parts.facts().merge(WAITING_BYTES, bytes, Long::sum);
    }

    private void delete(Retired retired) {
        if (retired.file().kind() == DataFile.Kind.SEGMENTS) {
            files.unmap(retired.file().number());
        }
        try {
            OptionalLong oldest = leases.oldest();
            if (oldest.isPresent() && oldest.getAsLong() < retired.goneSince()) {
                synchronized (this) {
                    waiting.add(retired);
                }
                return;
            }
            parts.storage().delete(retired.file().name());
        } catch (IOException e) {
            // The next open deletes it; no manifest names it.
            System.getLogger(RetiredFiles.class.getName()).log(Level.DEBUG, "data file: stays until the next open", e);
        }
        addWaiting(-retired.bytes());
    }

    /** Tries again to delete what other processes were reading. */
    void retryLeased() {
        List<Retired> again;
        synchronized (this) {
            again = List.copyOf(waiting);
            waiting.clear();
        }
        for (Retired one : again) {
            delete(one);
        }
    }
}
