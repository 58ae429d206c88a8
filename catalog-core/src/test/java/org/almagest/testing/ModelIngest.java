package org.almagest.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almagest.error.CatalogException;
import org.almagest.error.ConflictException;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.ExistingDatapointsException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.geo.Footprint;
import org.almagest.internal.row.BoundRow;
import org.almagest.internal.row.RowBinder;
import org.almagest.internal.row.RowReader;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.GeometryCounts;
import org.almagest.model.IngestCounts;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;
import org.almagest.model.IngestResult;
import org.almagest.model.Limits;
import org.almagest.model.OnInvalid;
import org.almagest.model.RejectedRow;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/** One ingest call of a {@link ModelCatalog}. */
final class ModelIngest {
    private static final Pattern FIELD = Pattern.compile("field \"([^\"]*)\"");

    private final Limits limits;
    private final ModelCatalog catalog;
    private final ModelState.CollectionRows collection;
    private final DatasetSchema schema;
    private final IngestOptions options;
    private final RowBinder binder;
    private final RowReader reader;
    private final List<RejectedRow> rejected = new ArrayList<>();
    private final List<DatapointId> ids = new ArrayList<>();
    private final List<Accepted> valid = new ArrayList<>();
    private final Map<DatapointId, Accepted> accepted = new LinkedHashMap<>();
    private GeometryCounts geometries = GeometryCounts.NONE;
    private long bytes;

    /** A row that may be stored, with its position in the call; without an ingestion time yet. */
    private record Accepted(
            int position, ModelState.Row row, @Nullable DatapointId expected) {}

    ModelIngest(ModelCatalog catalog, ModelState.CollectionRows collection, IngestOptions options) {
        this.catalog = catalog;
        this.limits = catalog.options().limits();
        this.collection = collection;
        this.schema = collection.dataset.schema;
        this.options = options;
        this.binder = new RowBinder(schema, collection.id, limits, options);
        this.reader = new RowReader(schema);
    }

    IngestResult ingest(ModelState all, List<Datapoint> datapoints) {
        if (options.mode() == IngestMode.REPLACE && schema.key().isEmpty()) {
            throw new InvalidRequestException("ingest: mode", "REPLACE (expected a dataset with a key)");
        }
        Limits.check(
                "ingest: rows (ingestAll takes any number)",
                "commitRowsMax",
                datapoints.size(),
                limits.commitRowsMax());
        for (int i = 0; i < datapoints.size(); i++) {
            acceptOrReject(i, datapoints.get(i));
        }
        IngestCounts counts = options.mode() == IngestMode.REPLACE ? replace(all) : create(all);
        return new IngestResult(ids, counts, rejected, geometries, all.version);
    }

    private IngestCounts replace(ModelState all) {
        ModelReplace replace = new ModelReplace(collection);
        valid.forEach(row -> replace.take(row.position(), row.row(), row.expected()));
        List<DatapointId> removed = replace.removed();
        List<ModelState.Row> added = replace.added();
        IngestCounts counts = replace.counts(rejected.size());
        if (!added.isEmpty()) {
            Instant time = all.commit(catalog.options().seams().clock());
            removed.forEach(id -> collection.remove(id, all.version));
            added.forEach(row -> collection.put(row, all.version, time));
        }
        return counts;
    }

    private IngestCounts create(ModelState all) {
        checkKeysWithinTheCall();
        List<Accepted> created = new ArrayList<>();
        for (Accepted candidate : accepted.values()) {
            if (!collection.rows.containsKey(candidate.row().id())) {
                created.add(candidate);
            } else if (options.mode() == IngestMode.REFUSE_EXISTING) {
                throw new ExistingDatapointsException(
                        "found existing datapoints with same id, refusing to ingest with \"allow_existing=false\"");
            }
        }
        checkKeysAgainstLiveRows(created);
        if (!created.isEmpty()) {
            Instant time = all.commit(catalog.options().seams().clock());
            created.forEach(candidate -> collection.put(candidate.row(), all.version, time));
        }
        return IngestCounts.of(created.size(), ids.size() - created.size(), rejected.size());
    }

    private void acceptOrReject(int position, Datapoint datapoint) {
        try {
            accept(position, datapoint);
        } catch (InvalidRequestException | LimitExceededException e) {
            boolean ofTheCall = e instanceof LimitExceededException
                    && ((LimitExceededException) e).limitName().equals("commitBytesMax");
            if (options.onInvalid() == OnInvalid.REFUSE || ofTheCall) {
                throw e;
            }
            rejected.add(new RejectedRow(position, keyAsText(datapoint), fieldNamedBy(e), e.getMessage()));
        }
    }

    private @Nullable String keyAsText(Datapoint datapoint) {
        return datapoint
                .value(ModelDataset.keyName(schema))
                .map(Object::toString)
                .orElse(null);
    }

    private static @Nullable String fieldNamedBy(CatalogException failure) {
        Matcher matcher = FIELD.matcher(failure.getMessage());
        return matcher.find() ? matcher.group(1) : null;
    }

    private void accept(int position, Datapoint datapoint) {
        if (datapoint.expectedId().isPresent() && options.mode() != IngestMode.REPLACE) {
            throw new InvalidRequestException(
                    "row " + position + ": expected id", "given in mode " + options.mode() + " (expected REPLACE)");
        }
        BoundRow bound = binder.bind(position, datapoint);
        Datapoint read = read(bound);
        Footprint footprint = bound.footprint();
        bytes += DatapointId.BYTES + Integer.BYTES + (long) bound.body().length;
        Limits.check("ingest: bytes (ingestAll takes any number)", "commitBytesMax", bytes, limits.commitBytesMax());
        if (footprint != null) {
            geometries = geometries.plus(new GeometryCounts(
                    footprint.wasCut() ? 1 : 0, footprint.closedAtPole() ? 1 : 0, footprint.repaired() ? 1 : 0));
        }
        ids.add(bound.id());
        ModelState.Row row = new ModelState.Row(read, footprint, ModelState.NOT_STORED);
        valid.add(new Accepted(position, row, datapoint.expectedId().orElse(null)));
        accepted.putIfAbsent(bound.id(), valid.get(valid.size() - 1));
    }

    private Datapoint read(BoundRow bound) {
        try {
            reader.reset(bound.body(), 0, bound.body().length);
            return reader.datapoint(bound.id(), 0, null);
        } catch (CorruptSectionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void checkKeysWithinTheCall() {
        Map<Object, Accepted> seen = new HashMap<>();
        for (Accepted candidate : accepted.values()) {
            Optional<Object> key = candidate.row().key(schema);
            Accepted other = key.isEmpty() ? null : seen.putIfAbsent(key.get(), candidate);
            if (other != null) {
                throw new ConflictException("row " + candidate.position() + ": key "
                        + Quoted.text(ModelDataset.keyName(schema)) + ": same as in row " + other.position()
                        + " under another id (expected one datapoint per key)");
            }
        }
    }

    private void checkKeysAgainstLiveRows(List<Accepted> created) {
        if (schema.key().isEmpty()) {
            return;
        }
        Map<Object, DatapointId> live = new HashMap<>();
        collection.rows.values().forEach(row -> live.put(row.key(schema).orElseThrow(), row.id()));
        for (Accepted candidate : created) {
            Object key = candidate.row().key(schema).orElseThrow();
            if (live.containsKey(key)) {
                throw new ConflictException("row " + candidate.position() + ": key "
                        + Quoted.text(ModelDataset.keyName(schema)) + ": " + keyText(key) + " is live under id "
                        + live.get(key) + " (expected a new key, or the same content)");
            }
        }
    }

    static String keyText(Object key) {
        return key instanceof String ? Quoted.text((String) key) : key.toString();
    }
}
