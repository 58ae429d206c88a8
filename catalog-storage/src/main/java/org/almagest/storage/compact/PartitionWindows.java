package org.almagest.storage.compact;

import org.almagest.model.Limits;
import org.almagest.storage.metadata.PartitionWindow;
import org.almagest.storage.run.CollectionRuns;

/** The time partitions of a collection. */
public final class PartitionWindows {
    private PartitionWindows() {}

    /** Returns the partitions for what a collection holds. */
    public static PartitionWindows of(CollectionRuns runs, Limits limits) {
        return new PartitionWindows();
    }

    /** Returns the partition of a time in Unix milliseconds. */
    public PartitionWindow of(long timeMillis) {
        return PartitionWindow.of(PartitionWindow.Kind.YEAR, timeMillis);
    }
}
