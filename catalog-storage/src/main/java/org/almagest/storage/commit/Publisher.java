package org.almagest.storage.commit;

import java.io.IOException;
import java.lang.System.Logger.Level;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.manifest.ManifestStore;
import org.almagest.storage.metadata.Manifest;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.wal.WalFiles;

/**
 * Publishes manifests, and knows which one this process published last. Thread-safe.
 *
 * <p>Naming a manifest and counting it happen under one lock, so that the look for another writer's claim never takes
 * our own manifest for one; forcing its bytes before and its name after happen outside.
 */
public final class Publisher {
    private static final System.Logger LOGGER = System.getLogger(Publisher.class.getName());

    private final StoreParts parts;
    private final ManifestStore manifests;
    private final Object lock = new Object();
    private volatile Manifest last;

    public Publisher(StoreParts parts, ManifestStore manifests, Manifest last) {
        this.parts = parts;
        this.manifests = manifests;
        this.last = last;
    }

    public Manifest last() {
        return last;
    }

    /**
     * Tells whether another writer has published a manifest after our last one.
     *
     * <p>Then the next one exists, or it came and went: whoever deletes it has deleted ours before, as old manifests go
     * in ascending order. Looking in this order misses neither.
     */
    public boolean isClaimedByAnother() throws IOException {
        synchronized (lock) {
            return manifests.exists(last.version() + 1) || !manifests.exists(last.version());
        }
    }

    /**
     * Publishes what a flush wrote, and then deletes what that makes unnecessary; durable when it returns.
     *
     * @throws org.almagest.storage.fs.NoSpaceIOException if there is no space: nothing was published
     * @throws IOException as {@link #publish} does
     */
    public void publishFlush(Snapshot frozen, long walFrom, FlushWriter.Written written) throws IOException {
        boolean tooEarly = !parts.storage().enforces(Barrier.DELETE_AFTER_MANIFEST);
        if (tooEarly) {
            deleteOlder(walFrom);
        }
        publish(last.successor()
                .walFrom(walFrom)
                .flushedSequence(frozen.version())
                .lastIngestionMicros(frozen.lastIngestionMicros())
                .nextFileNumber(written.nextFileNumber())
                .metadata(frozen.metadata())
                .addSegments(written.segments())
                .build());
        if (!tooEarly) {
            deleteOlder(walFrom);
        }
    }

    /**
     * Publishes a manifest; durable when it returns.
     *
     * @throws org.almagest.storage.fs.NoSpaceIOException if there is no space: nothing was published
     * @throws IOException if another has claimed the store, or it is not known whether the manifest is durable
     */
    public void publish(Manifest next) throws IOException {
        ManifestStore.Prepared prepared = manifests.prepare(next);
        synchronized (lock) {
            if (manifests.link(prepared) == ManifestStore.Publication.ALREADY_EXISTS) {
                throw claimed(next);
            }
            // A name that is free again tells nothing: the other writer may have deleted the manifest that had it.
            if (next.version() > last.version() && !manifests.exists(last.version())) {
                throw claimed(next);
            }
            last = next;
        }
        manifests.sync();
    }

    private static IOException claimed(Manifest next) {
        return new IOException("manifest " + next.version() + ": another writer has claimed the store");
    }

    /** Deletes logs before {@code walFrom} and manifests before the last two; a name that stays harms nobody. */
    private void deleteOlder(long walFrom) {
        try {
            manifests.deleteOld(last.version(), version -> false);
            WalFiles.deleteBefore(parts.storage(), walFrom);
        } catch (IOException e) {
            // What could not be deleted is deleted by the next open; nothing refers to it.
            LOGGER.log(Level.DEBUG, "store: old files stay until the next open", e);
        }
    }
}
