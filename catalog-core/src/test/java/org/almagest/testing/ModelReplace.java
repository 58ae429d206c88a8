package org.almagest.testing;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.almagest.error.PreconditionFailedException;
import org.almagest.error.Quoted;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestCounts;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;

/** One call of ingest in mode REPLACE: takes the rows one after the other, then looks at what has become of each. */
final class ModelReplace {
    private enum Fate {
        PLACED,
        EXISTING,
        SUPERSEDED,
        STALE
    }

    private final ModelState.CollectionRows collection;
    private final DatasetSchema schema;
    private final Map<Object, DatapointId> idsBefore = new HashMap<>();
    private final Map<Object, DatapointId> ids;
    private final TreeMap<DatapointId, ModelState.Row> live;
    private final List<Fate> fates = new ArrayList<>();
    private final List<Object> keys = new ArrayList<>();
    private final List<DatapointId> idOfRow = new ArrayList<>();

    ModelReplace(ModelState.CollectionRows collection) {
        this.collection = collection;
        this.schema = collection.dataset.schema;
        this.live = new TreeMap<>(collection.rows);
        collection.rows.values().forEach(row -> idsBefore.put(key(row), row.id()));
        this.ids = new HashMap<>(idsBefore);
    }

    private Object key(ModelState.Row row) {
        return row.key(schema).orElseThrow();
    }

    /** Takes the next row of the call. */
    void take(int position, ModelState.Row row, @Nullable DatapointId expected) {
        idOfRow.add(row.id());
        keys.add(key(row));
        if (live.containsKey(row.id())) {
            fates.add(Fate.EXISTING);
            return;
        }
        DatapointId before = idsBefore.get(key(row));
        if (expected != null && !expected.equals(before)) {
            throw new PreconditionFailedException("row " + position + ": key "
                    + Quoted.text(schema.key().map(Field::name).orElseThrow())
                    + ": " + ModelIngest.keyText(key(row)) + " is live under id "
                    + Optional.ofNullable(before).map(Object::toString).orElse("no datapoint") + " (expected "
                    + expected + ")");
        }
        DatapointId old = ids.get(key(row));
        if (old != null && isStale(row, live.get(old))) {
            fates.add(Fate.STALE);
            return;
        }
        if (old != null) {
            live.remove(old);
            supersede(old);
        }
        live.put(row.id(), row);
        ids.put(key(row), row.id());
        fates.add(Fate.PLACED);
    }

    /** Rows of this call that brought what now loses its place are superseded. */
    private void supersede(DatapointId old) {
        for (int i = 0; i < fates.size(); i++) {
            if (idOfRow.get(i).equals(old) && fates.get(i) != Fate.STALE) {
                fates.set(i, Fate.SUPERSEDED);
            }
        }
    }

    private boolean isStale(ModelState.Row row, ModelState.Row stored) {
        if (schema.version().isEmpty()) {
            return false;
        }
        String field = schema.version().get().name();
        Optional<Object> mine = row.stored().value(field);
        Optional<Object> theirs = stored.stored().value(field);
        if (mine.isEmpty() || theirs.isEmpty()) {
            return theirs.isPresent();
        }
        return compare(mine.get(), theirs.get()) < 0;
    }

    private static int compare(Object left, Object right) {
        return left instanceof Instant
                ? ((Instant) left).compareTo((Instant) right)
                : new BigInteger(left.toString()).compareTo(new BigInteger(right.toString()));
    }

    /** Returns the ids that lose their place. */
    List<DatapointId> removed() {
        return collection.rows.keySet().stream()
                .filter(id -> !live.containsKey(id))
                .toList();
    }

    /** Returns the rows that are to be stored. */
    List<ModelState.Row> added() {
        return live.values().stream()
                .filter(row -> !collection.rows.containsKey(row.id()))
                .toList();
    }

    IngestCounts counts(long rejected) {
        long[] counts = new long[5];
        for (int i = 0; i < fates.size(); i++) {
            counts[
                    switch (fates.get(i)) {
                        case EXISTING -> 1;
                        case SUPERSEDED -> 3;
                        case STALE -> 4;
                        case PLACED ->
                            collection.rows.containsKey(idOfRow.get(i))
                                    ? 1
                                    : idsBefore.containsKey(keys.get(i)) ? 2 : 0;
                    }]++;
        }
        return new IngestCounts(counts[0], counts[1], counts[2], counts[3], counts[4], rejected);
    }
}
