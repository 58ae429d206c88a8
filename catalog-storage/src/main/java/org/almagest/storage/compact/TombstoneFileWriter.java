package org.almagest.storage.compact;

import java.io.IOException;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.manifest.DataFile;
import org.almagest.storage.metadata.TombstoneRef;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.SegmentRun;
import org.almagest.storage.tombstone.TombstoneWriter;

/** Writes the tombstones of segments into one data file, as {@link DataFileWriter} does; for one thread. */
public final class TombstoneFileWriter {
    private final DataFileWriter files;

    /** Begins without a file; one is made with the first tombstones. */
    public TombstoneFileWriter(DataFileWriter.Target target) {
        this.files = new DataFileWriter(target, DataFile.Kind.TOMBSTONES);
    }

    /** Writes all tombstones of a segment, at least one, and returns where they are. */
    public TombstoneRef append(LiveRun<SegmentRun> segment) throws IOException {
        AppendFile file = files.file();
        return new TombstoneWriter(file, files.target().identity(), files.fileNumber())
                .append(segment.run().entry(), segment.dead());
    }

    /** Makes everything that was written durable under its name. */
    public void finish() throws IOException {
        files.finish();
    }

    /** Lets go of the file that is open; what was named stays. */
    public void release() {
        files.release();
    }

    /** Gives up everything that was written; no manifest may name it. */
    public void abandon() {
        files.abandon();
    }
}
