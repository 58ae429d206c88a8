package org.almagest;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.error.ConflictException;
import org.almagest.error.ExistingDatapointsException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.NotFoundException;
import org.almagest.model.CollectionInfo;
import org.almagest.model.ColumnBatch;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestCounts;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;
import org.almagest.model.IngestResult;
import org.almagest.model.Json;
import org.almagest.model.Retention;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.SortOrder;

/** A named subset of a dataset, such as the granules of one satellite. Safe for use by several threads. */
public interface Collection {
    /** How many rows {@link #ingestAll} commits at a time. */
    int INGEST_ALL_BATCH_ROWS = 10_000;

    /** Returns the name; case matters. */
    String name();

    /** Returns the id: made from the dataset's id and the name. */
    UUID id();

    /** Returns the dataset. */
    Dataset dataset();

    /** Returns the exact number of datapoints with the first and last time, at once; also what they cover. */
    CollectionInfo info();

    /** Returns the metadata document, if there is one. */
    Optional<Json> document();

    /** Puts a metadata document in the place of the one before; a JSON object. */
    void putDocument(Json document);

    /** Returns the version of the document: 0 while there is none, then one more with each change. */
    long documentVersion();

    /**
     * Puts a metadata document in the place of one that has a version.
     *
     * <p>Where the document is there already, whatever its version, nothing changes, so a repeated call succeeds.
     *
     * @param expectedVersion the {@link #documentVersion} of the one before; 0 where there must be none
     * @return the version of the document
     * @throws org.almagest.error.PreconditionFailedException if another document is there
     */
    long putDocument(Json document, long expectedVersion);

    /**
     * Returns the version of the catalog in which its datapoints changed last, or one after it.
     *
     * <p>Never more than {@link Catalog#version}. The same number means the same datapoints. After the store was opened,
     * and while there are no datapoints, it may be higher than before. In constant time.
     */
    long lastChange();

    /**
     * Stores datapoints in one atomic commit; durable when it returns.
     *
     * <p>Ids depend on content and collection only, so storing the same rows again changes nothing. A row twice in one
     * call is stored once.
     *
     * @throws InvalidRequestException if a row is invalid; names row and field, nothing is stored
     * @throws LimitExceededException if the rows are more than one commit takes; use {@link #ingestAll}
     * @throws ExistingDatapointsException in mode {@code REFUSE_EXISTING} if an id is live; nothing is stored
     * @throws ConflictException if a key is live under another id; nothing is stored
     */
    IngestResult ingest(List<Datapoint> datapoints, IngestOptions options);

    /** Stores datapoints with this mode and default options. */
    default IngestResult ingest(List<Datapoint> datapoints, IngestMode mode) {
        return ingest(datapoints, IngestOptions.of(mode));
    }

    /** Stores datapoints and skips existing ones. */
    default IngestResult ingest(List<Datapoint> datapoints) {
        return ingest(datapoints, IngestOptions.DEFAULT);
    }

    /** Stores the rows of a column batch, as {@link #ingest(List, IngestOptions)} does. */
    default IngestResult ingest(ColumnBatch batch, IngestOptions options) {
        return ingest(batch.toDatapoints(), options);
    }

    /**
     * Stores any number of datapoints, {@link #INGEST_ALL_BATCH_ROWS} a commit; memory stays bounded.
     *
     * <p>Each commit is atomic, the whole is not: after a failure the batches before it are stored, and calling again
     * with the same rows ends at the full count.
     *
     * @param afterBatch called after each batch is durable, with what it did
     * @return how all rows fared
     */
    default IngestCounts ingestAll(
            Iterator<Datapoint> datapoints, IngestOptions options, Consumer<IngestResult> afterBatch) {
        return Batches.ingestAll(this, datapoints, options, afterBatch);
    }

    /**
     * Deletes datapoints by id in one atomic commit, all or nothing; durable when it returns.
     *
     * @param ids of live datapoints; an id given twice counts once
     * @return how many were deleted
     * @throws NotFoundException if an id is not live, naming the first one; nothing is deleted
     * @throws LimitExceededException if there are more than {@code Limits.deleteIdsMax}
     */
    long delete(List<DatapointId> ids);

    /**
     * Deletes datapoints by key; else as {@link #delete(List)}.
     *
     * @throws InvalidRequestException if the dataset has no key or a value is not one of its type
     */
    long deleteByKeys(List<?> keys);

    /**
     * Deletes the datapoints that match at this moment, in one atomic commit; durable when it returns.
     *
     * <p>Cost: by time alone it does not grow with the datapoints that are deleted.
     *
     * @return how many were deleted
     * @throws org.almagest.error.CancelledException if it was cancelled before it was decided; nothing is deleted
     * @throws InvalidRequestException if the query has a limit, page token, sort order, selection or version
     */
    long delete(Query query);

    /** Returns how long datapoints are kept; empty where for ever. */
    Optional<Retention> retention();

    /** Sets how long datapoints are kept; older ones are deleted soon, without being asked for. */
    void putRetention(Retention retention);

    /** Keeps datapoints for ever. */
    void clearRetention();

    /** Asks this collection. */
    QueryResult query(Query query);

    /** Returns how many datapoints match; limit, page token and selection do not matter. */
    long count(Query query);

    /** Aggregates the datapoints that match, as {@link Catalog#aggregate(Query, List)} does. */
    List<Aggregate> aggregate(Query query, List<Aggregation> wanted);

    /**
     * Returns the newest datapoints by time, newest first.
     *
     * <p>Cost: grows with {@code count} and the number of runs, not with the datapoints stored.
     *
     * @param count how many, at most; at least 0
     */
    default List<Datapoint> latest(int count) {
        return query(Query.allTime().order(SortOrder.DESCENDING).limit(count).build())
                .toList();
    }

    /** Returns the last datapoint at or before an instant, in the order of ids. */
    default Optional<Datapoint> lastAtOrBefore(Instant instant) {
        TimeInterval upTo = TimeInterval.closed(TimeInterval.EARLIEST, instant);
        return query(Query.during(upTo).order(SortOrder.DESCENDING).limit(1).build()).toList().stream()
                .findFirst();
    }

    /** Returns the datapoint with this id, if it is live. */
    Optional<Datapoint> find(DatapointId id);

    /**
     * Returns the datapoint with this id.
     *
     * @throws NotFoundException if there is none
     */
    default Datapoint datapoint(DatapointId id) {
        return find(id).orElseThrow(() -> new NotFoundException("No such datapoint " + id));
    }

    /**
     * Returns the datapoint with this key, if one is live.
     *
     * @throws InvalidRequestException if the dataset has no key or the value is not one of its type
     */
    Optional<Datapoint> findByKey(Object key);
}
