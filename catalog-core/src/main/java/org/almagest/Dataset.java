package org.almagest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.error.AlreadyExistsException;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.NotFoundException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Json;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.SortOrder;
import org.almagest.schema.DatasetSchema;

/** A named container of collections with one schema. Safe for use by several threads. */
public interface Dataset {
    /** Returns the slug: groups and code name, joined by dots. */
    String slug();

    /** Returns the id: made from namespace and slug, or supplied by the creator. */
    UUID id();

    /** Returns the schema as it is now. */
    DatasetSchema schema();

    /** Returns the description; may be empty. */
    String description();

    /**
     * Puts a schema in the place of the one there is, and returns it with the numbers of new fields.
     *
     * <p>What may change is written at {@link org.almagest.schema.SchemaEvolution}. A schema that was made from
     * {@link #schema()} is refused where it lacks a field, or has one of another type, that was added after that was read;
     * other changes in between are undone by it. {@link #alter(UnaryOperator)} cannot be overtaken at all. One that was
     * made from the schema of another dataset may be refused as well, since numbers of fields alone tell what was read:
     * to take over its fields, begin a schema and add each as {@code field.numbered(Field.UNNUMBERED)}.
     *
     * @throws ConflictException if the change needs an empty dataset, existing rows clash on a newly declared key, or
     *     {@code proposed} was read before a field was added that it would take, or from another dataset
     */
    DatasetSchema alter(DatasetSchema proposed);

    /**
     * Changes the schema as it is at that moment, and returns it with the numbers of new fields.
     *
     * <p>Changes that several threads make at the same time are all kept.
     *
     * @param change makes the new schema from the present one; called in the thread of the caller, and again for as long
     *     as another change came between, so it must not depend on being called once
     * @throws ConflictException if the change needs an empty dataset, or existing rows clash on a newly declared key
     */
    DatasetSchema alter(UnaryOperator<DatasetSchema> change);

    /**
     * Creates a collection.
     *
     * @throws AlreadyExistsException if one of that name exists
     * @throws InvalidRequestException if the name is not 1 to 256 code points of clean text in NFC
     */
    Collection createCollection(String name);

    /**
     * Creates a collection that has a metadata document from the start, in one atomic commit.
     *
     * @param document a JSON object; its version is 1
     * @throws AlreadyExistsException if one of that name exists
     * @throws InvalidRequestException if the name is not 1 to 256 code points of clean text in NFC, or the document is
     *     not an object
     */
    Collection createCollection(String name, Json document);

    /** Returns the collection with this name; creates it where there is none. */
    Collection getOrCreateCollection(String name);

    /**
     * Returns the collection with this name.
     *
     * @throws NotFoundException if there is none; the message is {@code No such collection NAME}
     */
    default Collection collection(String name) {
        return findCollection(name).orElseThrow(() -> new NotFoundException("No such collection " + name));
    }

    /** Returns the collection with this name, if there is one. */
    Optional<Collection> findCollection(String name);

    /** Returns all collections, by name in code point order. */
    List<Collection> collections();

    /**
     * Deletes a collection with its datapoints and its document, at once and for good.
     *
     * @throws NotFoundException if there is none of this name
     */
    void deleteCollection(String name);

    /**
     * Deletes a collection with its document if it has no datapoint at that moment.
     *
     * @throws NotFoundException if there is none of this name
     * @throws ConflictException if it has datapoints; nothing is deleted
     */
    void deleteEmptyCollection(String name);

    /** Asks all collections. */
    QueryResult query(Query query);

    /** Asks several collections of this dataset; a name given twice counts once. */
    QueryResult query(Query query, List<String> collectionNames);

    /** Returns how many datapoints of all collections match; limit, page token and selection do not matter. */
    long count(Query query);

    /** Returns how many datapoints of several collections match. */
    long count(Query query, List<String> collectionNames);

    /** Aggregates the datapoints of all collections that match, as {@link Catalog#aggregate(Query, List)} does. */
    List<Aggregate> aggregate(Query query, List<Aggregation> wanted);

    /** Aggregates the datapoints of several collections that match; a name given twice counts once. */
    List<Aggregate> aggregate(Query query, List<Aggregation> wanted, List<String> collectionNames);

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

    /** Returns the datapoint with this id in any collection, if there is one. */
    Optional<Datapoint> find(DatapointId id);

    /**
     * Returns the datapoints with this key in all collections, by id; at most one each.
     *
     * @throws InvalidRequestException if the dataset has no key or the value is not one of its type
     */
    List<Datapoint> findByKey(Object key);
}
