package org.almagest.storage.engine;

import java.util.List;
import org.almagest.error.NotFoundException;
import org.almagest.model.DatapointId;
import org.almagest.storage.commit.Change;
import org.almagest.storage.commit.Decision;
import org.almagest.storage.metadata.CollectionEntry;
import org.almagest.storage.metadata.DatasetEntry;
import org.almagest.storage.run.DoomedRows;
import org.almagest.storage.run.LiveRows;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.wal.CommitEncoder;
import org.almagest.storage.wal.FrameKind;
import org.almagest.storage.wal.RangeDelete;

/** One call of delete, decided in its turn. */
final class DeleteChange implements Change<Long> {
    private static final int FRAME_OVERHEAD_BYTES = 128;

    private final long collection;
    private final String name;
    private final Selection selection;

    /** Which rows go. */
    interface Selection {
        /** Returns how many bytes of ids the rows take in the log, at most. */
        long idBytes();

        /**
         * Finds the rows.
         *
         * @throws org.almagest.error.CatalogException if the call is refused
         */
        DoomedRows find(LiveRows live, DatasetEntry dataset, long version);

        /** Writes what is to be deleted into a section of a commit. */
        default void encode(CommitEncoder section, DoomedRows found, long version) {
            found.ids().forEach(section::delete);
        }
    }

    /** Deletes of a collection, which the message of a refusal calls {@code name}. */
    DeleteChange(long collection, String name, Selection selection) {
        this.collection = collection;
        this.name = name;
        this.selection = selection;
    }

    @Override
    public long encodedBytes() {
        return FRAME_OVERHEAD_BYTES + selection.idBytes();
    }

    @Override
    public boolean givesBackSpace() {
        return selection instanceof Span;
    }

    @Override
    public Decision<Long> decide(Snapshot before, Snapshot.Stamp stamp) {
        DatasetEntry dataset = before.metadata()
                .collection(collection)
                .map(CollectionEntry::dataset)
                .flatMap(before.metadata()::dataset)
                .orElseThrow(() -> new NotFoundException("No such collection " + name));
        LiveRows live = new LiveRows(before.runs(collection).all());
        DoomedRows doomed = selection.find(live, dataset, before.version());
        if (doomed.isEmpty()) {
            return Decision.nothing(0L, before);
        }
        return new Decision<>(
                doomed.count(),
                before.withoutRows(stamp, collection, doomed),
                FrameKind.COMMIT,
                () -> payload(dataset.schemaVersion(), doomed, before.version(), stamp));
    }

    private byte[] payload(int schemaVersion, DoomedRows doomed, long version, Snapshot.Stamp stamp) {
        CommitEncoder encoder = new CommitEncoder((int) encodedBytes());
        encoder.section(collection, schemaVersion);
        selection.encode(encoder, doomed, version);
        return encoder.finish(stamp.ingestionMicros());
    }

    /** Rows with these ids, all of which must be live. */
    record Ids(List<DatapointId> ids) implements Selection {
        @Override
        public long idBytes() {
            return (long) ids.size() * DatapointId.BYTES;
        }

        @Override
        public DoomedRows find(LiveRows live, DatasetEntry dataset, long version) {
            DoomedRows doomed = new DoomedRows();
            for (DatapointId id : ids) {
                LiveRows.Place place = live.find(id);
                if (place == null) {
                    throw new NotFoundException("No such datapoint " + id);
                }
                doomed.add(place.run(), place.ordinal());
            }
            return doomed;
        }
    }

    /** Rows with these keys, as {@code RowBinder.encodeKey} makes them of what was given; all must be live. */
    record Keys(List<byte[]> keys, List<?> given) implements Selection {
        @Override
        public long idBytes() {
            return (long) keys.size() * DatapointId.BYTES;
        }

        @Override
        public DoomedRows find(LiveRows live, DatasetEntry dataset, long version) {
            DoomedRows doomed = new DoomedRows();
            for (int i = 0; i < keys.size(); i++) {
                LiveRows.Place place = live.findKey(dataset.schema(), keys.get(i));
                if (place == null) {
                    throw new NotFoundException("No such datapoint with key " + KeyText.of(given.get(i)));
                }
                doomed.add(place.run(), place.ordinal());
            }
            return doomed;
        }
    }

    /** Rows that a query found in a version; those that are gone since then, or came back, stay as they are. */
    record Found(List<DatapointId> ids, long foundIn) implements Selection {
        @Override
        public long idBytes() {
            return (long) ids.size() * DatapointId.BYTES;
        }

        @Override
        public DoomedRows find(LiveRows live, DatasetEntry dataset, long version) {
            DoomedRows doomed = new DoomedRows();
            for (DatapointId id : ids) {
                LiveRows.Place place = live.find(id);
                if (place != null && place.sequence() <= foundIn) {
                    doomed.add(place.run(), place.ordinal());
                }
            }
            return doomed;
        }
    }

    /**
     * All rows of a span of time.
     *
     * @param startMillis the first millisecond
     * @param endMillis the millisecond after the last one
     * @param upToSequence rows of later commits stay; {@link Long#MAX_VALUE} for none
     */
    record Span(long startMillis, long endMillis, long upToSequence) implements Selection {
        @Override
        public long idBytes() {
            return 3L * Long.BYTES;
        }

        private RangeDelete range(long version) {
            return new RangeDelete(startMillis, endMillis, Math.min(upToSequence, version));
        }

        @Override
        public DoomedRows find(LiveRows live, DatasetEntry dataset, long version) {
            DoomedRows doomed = new DoomedRows();
            if (startMillis < endMillis) {
                live.addSpan(doomed, startMillis, endMillis, Math.min(upToSequence, version));
            }
            return doomed;
        }

        @Override
        public void encode(CommitEncoder section, DoomedRows found, long version) {
            section.delete(range(version));
        }
    }
}
