package org.almagest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.error.AlreadyExistsException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.NotFoundException;
import org.almagest.explain.Explanation;
import org.almagest.model.DeletedDataset;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.QueryScope;

/**
 * Everything under one directory, or behind one address: datasets with their collections.
 *
 * <p>Safe for use by any number of threads. The caller of {@code open} closes.
 */
public interface Catalog extends AutoCloseable {
    /**
     * Opens the store in a folder with default options; creates it where the folder is absent or empty.
     *
     * @throws org.almagest.error.StoreLockedException if another writer holds the store
     * @throws org.almagest.error.CorruptStoreException if what is there is not a sound store
     * @throws InvalidRequestException if no implementation is on the class path; the message names catalog-storage
     */
    static Catalog open(Path folder) {
        return open(folder, CatalogOptions.defaults());
    }

    /** Opens the store in a folder; else as {@link #open(Path)}. */
    static Catalog open(Path folder, CatalogOptions options) {
        return Providers.of(folder, options).open(folder, options);
    }

    /** Returns what this implementation can do beyond the basics. */
    Set<Capability> capabilities();

    /** Returns the number of the newest commit that queries see; grows by one with each change. */
    long version();

    /**
     * Returns the version of the last change of datasets, collections or their documents, or one after it.
     *
     * <p>Never more than {@link #version}. The same number means the same definitions; where only datapoints change it
     * stays. After the store was opened it may be higher than before. In constant time.
     */
    long definitionsVersion();

    /**
     * Creates a dataset.
     *
     * @throws AlreadyExistsException if one of that slug or id exists
     */
    Dataset createDataset(DatasetSpec spec);

    /**
     * Returns the dataset with this slug.
     *
     * @throws NotFoundException if there is none
     */
    default Dataset dataset(String slug) {
        return findDataset(slug).orElseThrow(() -> new NotFoundException("No such dataset " + slug));
    }

    /** Returns the dataset with this slug, if there is one. */
    Optional<Dataset> findDataset(String slug);

    /** Returns all datasets, by slug. */
    List<Dataset> datasets();

    /**
     * Asks all collections of all datasets.
     *
     * <p>A field of the filter that a dataset lacks is unset there; a field that no dataset has is an error.
     */
    default QueryResult query(Query query) {
        return query(query, QueryScope.all());
    }

    /**
     * Asks some datasets and collections.
     *
     * @throws NotFoundException if a dataset or collection that the scope names does not exist
     */
    QueryResult query(Query query, QueryScope scope);

    /** Returns how many datapoints of the scope match; limit, page token and selection do not matter. */
    long count(Query query, QueryScope scope);

    /**
     * Runs a query and tells how it was answered instead of what the answer is.
     *
     * <p>It is run to its end, or to its limit. What it tells depends on the implementation; the names of what it counts are in {@code docs/explain.md}.
     */
    Explanation explain(Query query, QueryScope scope);

    /**
     * Answers aggregations and tells how they were answered instead of what the answers are.
     *
     * <p>What of it came from less than the rows, such as ids, zone maps or postings, is counted for each run and
     * aggregation. Arguments and errors are those of {@link #aggregate(Query, List, QueryScope)}.
     */
    Explanation explain(Query query, List<Aggregation> wanted, QueryScope scope);

    /** Returns how many datapoints of all datasets match. */
    default long count(Query query) {
        return count(query, QueryScope.all());
    }

    /**
     * Aggregates the datapoints of the scope that match; exact.
     *
     * <p>All answers are of one version, and rows are looked at once at most. Limit, page token, selection and order of the query do not matter, its version and timeout hold. Cost: by time
     * alone, a count or a histogram does not grow with the datapoints.
     *
     * @return the answers, in the order of the aggregations
     * @throws InvalidRequestException if no dataset of the scope has a field, or none has it with a type that has an
     *     order; or a grid is wanted and no dataset of the scope has places
     * @throws LimitExceededException if there are more than {@code Limits.aggregationsMax} aggregations, or an answer
     *     would have more than {@code Limits.bucketsMax} buckets, which it names
     * @throws NotFoundException if a dataset or collection that the scope names does not exist
     */
    List<Aggregate> aggregate(Query query, List<Aggregation> wanted, QueryScope scope);

    /** Aggregates the datapoints of all datasets that match. */
    default List<Aggregate> aggregate(Query query, List<Aggregation> wanted) {
        return aggregate(query, wanted, QueryScope.all());
    }

    /**
     * Deletes a dataset with its collections.
     *
     * <p>At once where no collection has a datapoint, else for good after 7 days. Until then it is hidden, its slug and its ids stay reserved, and {@link #restoreDataset} brings it back.
     *
     * @return until when it can be restored; empty if it is gone
     * @throws NotFoundException if there is no such dataset, or it is deleted already
     */
    Optional<Instant> deleteDataset(String slug);

    /**
     * Restores a deleted dataset with everything in it.
     *
     * @throws NotFoundException if no deleted dataset has this slug, or its 7 days are over
     */
    Dataset restoreDataset(String slug);

    /** Returns the datasets that can be restored, by slug. */
    List<DeletedDataset> deletedDatasets();

    /**
     * Keeps the newest version readable for 10 minutes, or until the lease is closed.
     *
     * @throws LimitExceededException if more than {@code Limits.leasesMax} are held
     */
    VersionLease lease();

    /** Returns the oldest version that queries can still name without a lease; see {@code historyRetention}. */
    long oldestVersion();

    /** Returns what only an embedded store can do; empty for other implementations. */
    Optional<Maintenance> maintenance();

    /** Waits for running work, makes the next open fast and lets go of the store. Closing again does nothing. */
    @Override
    void close();
}
