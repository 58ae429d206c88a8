package org.almagest.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;

/**
 * Every bound of the engine. A value at its bound is taken, one past it is refused with a
 * {@link LimitExceededException} that names the component.
 *
 * @param datasetsMax datasets in a store, soft-deleted ones included
 * @param collectionsMax collections in a store
 * @param fieldsMax custom fields of a dataset
 * @param fieldNameLengthMax characters of a field name or of one part of a slug
 * @param slugLengthMax characters of a slug
 * @param collectionNameLengthMax code points of a collection name
 * @param descriptionLengthMax code points of a description or example value
 * @param enumValuesMax declared values of an enum field
 * @param documentBytesMax bytes of a collection's metadata document
 * @param commitRowsMax rows of one ingest call
 * @param commitBytesMax encoded bytes of one ingest call
 * @param rowBytesMax encoded bytes of one row
 * @param valueBytesMax bytes of one string, bytes or json value, in UTF-8 for text
 * @param arrayElementsMax elements of one array value
 * @param jsonDepthMax nesting of a json value
 * @param geometryBytesMax bytes of a geometry as it comes in, whatever its form
 * @param geometryVerticesMax positions of a geometry
 * @param geometryExactVerticesMax positions up to which a polygon's validity is checked exactly
 * @param geometryDepthMax nesting of geometry collections
 * @param filterDepthMax nesting of a filter
 * @param filterNodesMax nodes of a filter
 * @param filterTextLengthMax characters of a filter as text
 * @param filterNumberLengthMax characters of a number in a filter as text
 * @param filterPatternLengthMax characters of a pattern in a filter
 * @param queryLimitMax rows one page of a query may ask for
 * @param batchRowsMax rows of one batch of an answer
 * @param selectFieldsMax fields of a projection
 * @param sortFieldsMax fields of a sort order
 * @param aggregationsMax aggregations of one call
 * @param bucketsMax buckets of one aggregation's answer, empty ones included
 * @param bucketBytesMax bytes of heap, about, that the values of one aggregation's distinct values take
 * @param walBytesMax bytes of the write-ahead log, both files of a running flush included
 * @param walFrameBytesMax encoded bytes up to which an ingest call is one frame of the log
 * @param groupCommitBytesMax bytes of further calls that join the first of a group
 * @param dataFileBytesMax bytes after which a flush begins another data file
 * @param partitionRowsMax rows after which a time partition splits
 * @param metadataBytesMax bytes of all dataset and collection records of a store, documents included
 * @param deleteIdsMax ids or keys of one delete call, or datapoints that one delete by query resolves to
 * @param leasesMax versions that are kept readable at a time
 * @param snapshotSecondsMax seconds for which an open result may go on reading its version
 * @param overlappingRunsMax overlapping runs of a time partition before ingest waits for compaction
 * @param compactionBytesMax bytes of segments that one step of compaction reads
 * @param compactionBytesPerSecondMax bytes that background compaction, at work half of the time at most, writes a second
 * @param jsonLineBytesMax bytes of one line or feature of a JSON file that is read
 * @param csvCellLengthMax characters of one cell of a CSV file that is read
 */
public record Limits(
        long datasetsMax,
        long collectionsMax,
        long fieldsMax,
        long fieldNameLengthMax,
        long slugLengthMax,
        long collectionNameLengthMax,
        long descriptionLengthMax,
        long enumValuesMax,
        long documentBytesMax,
        long commitRowsMax,
        long commitBytesMax,
        long rowBytesMax,
        long valueBytesMax,
        long arrayElementsMax,
        long jsonDepthMax,
        long geometryBytesMax,
        long geometryVerticesMax,
        long geometryExactVerticesMax,
        long geometryDepthMax,
        long filterDepthMax,
        long filterNodesMax,
        long filterTextLengthMax,
        long filterNumberLengthMax,
        long filterPatternLengthMax,
        long queryLimitMax,
        long batchRowsMax,
        long selectFieldsMax,
        long sortFieldsMax,
        long aggregationsMax,
        long bucketsMax,
        long bucketBytesMax,
        long walBytesMax,
        long walFrameBytesMax,
        long groupCommitBytesMax,
        long dataFileBytesMax,
        long partitionRowsMax,
        long metadataBytesMax,
        long deleteIdsMax,
        long leasesMax,
        long snapshotSecondsMax,
        long overlappingRunsMax,
        long compactionBytesMax,
        long compactionBytesPerSecondMax,
        long jsonLineBytesMax,
        long csvCellLengthMax) {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    /** Checks that every bound is at least 1 and that bounds which include each other do. */
    public Limits {
        requirePositive(
                datasetsMax,
                collectionsMax,
                fieldsMax,
                fieldNameLengthMax,
                slugLengthMax,
                collectionNameLengthMax,
                descriptionLengthMax,
                enumValuesMax,
                documentBytesMax,
                commitRowsMax,
                commitBytesMax,
                rowBytesMax,
                valueBytesMax,
                arrayElementsMax,
                jsonDepthMax,
                geometryBytesMax,
                geometryVerticesMax,
                geometryExactVerticesMax,
                geometryDepthMax,
                filterDepthMax,
                filterNodesMax,
                filterTextLengthMax,
                filterNumberLengthMax,
                filterPatternLengthMax,
                queryLimitMax,
                batchRowsMax,
                selectFieldsMax,
                sortFieldsMax,
                aggregationsMax,
                bucketsMax,
                bucketBytesMax,
                walBytesMax,
                walFrameBytesMax,
                groupCommitBytesMax,
                dataFileBytesMax,
                partitionRowsMax,
                metadataBytesMax,
                deleteIdsMax,
                leasesMax,
                snapshotSecondsMax,
                overlappingRunsMax,
                compactionBytesMax,
                compactionBytesPerSecondMax,
                jsonLineBytesMax,
                csvCellLengthMax);
        requireOrder("walFrameBytesMax", walFrameBytesMax, "walBytesMax", walBytesMax);
        requireOrder("rowBytesMax", rowBytesMax, "commitBytesMax", commitBytesMax);
        requireOrder("geometryExactVerticesMax", geometryExactVerticesMax, "geometryVerticesMax", geometryVerticesMax);
        requireOrder("fieldNameLengthMax", fieldNameLengthMax, "slugLengthMax", slugLengthMax);
    }

    /** Returns the defaults for the heap of this process. */
    public static Limits defaults() {
        return forHeap(Runtime.getRuntime().maxMemory());
    }

    /** Returns the defaults for a heap of this many bytes; only bounds on memory depend on it. */
    public static Limits forHeap(long heapBytes) {
        long walBytes = Math.max(64 * KIB, Math.min(64 * MIB, heapBytes / 8));
        long commitBytes = Math.max(64 * KIB, Math.min(256 * MIB, heapBytes / 4));
        long metadataBytes = Math.max(2 * MIB, Math.min(128 * MIB, heapBytes / 8));
        long bucketBytes = Math.max(64 * KIB, Math.min(64 * MIB, heapBytes / 16));
        return new Limits(
                100_000,
                1_000_000,
                1_000,
                100,
                500,
                256,
                10_000,
                10_000,
                MIB,
                MIB,
                commitBytes,
                Math.min(64 * MIB, commitBytes),
                Math.min(64 * MIB, commitBytes),
                1_000_000,
                64,
                16 * MIB,
                100_000,
                10_000,
                32,
                64,
                10_000,
                MIB,
                1_000,
                1_000,
                1_000_000,
                64 * KIB,
                1_000,
                16,
                16,
                100_000,
                bucketBytes,
                walBytes,
                Math.min(16 * MIB, walBytes / 4),
                MIB,
                512 * MIB,
                MIB,
                metadataBytes,
                10_000_000,
                1_000,
                3_600,
                8,
                256 * MIB,
                64 * MIB,
                64 * MIB,
                16 * MIB);
    }

    /**
     * Returns these bounds with some of them changed.
     *
     * @param changes new values by the name of the component
     * @throws InvalidRequestException if a name is unknown or a value is below 1 or contradicts another bound
     */
    public Limits with(Map<String, Long> changes) {
        Map<String, Long> all = toMap();
        for (Map.Entry<String, Long> change : changes.entrySet()) {
            if (all.replace(change.getKey(), change.getValue()) == null) {
                throw new InvalidRequestException("limits: " + change.getKey(), "no such limit");
            }
        }
        Class<?>[] types = new Class<?>[all.size()];
        Arrays.fill(types, long.class);
        try {
            return Limits.class
                    .getDeclaredConstructor(types)
                    .newInstance(all.values().toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidRequestException) {
                throw (InvalidRequestException) e.getCause();
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns these bounds with one of them changed, as {@link #with(Map)} does. */
    public Limits with(String name, long value) {
        return with(Map.of(name, value));
    }

    /** Returns all bounds by name, in the order of the components; a new, modifiable map. */
    public Map<String, Long> toMap() {
        Map<String, Long> all = new LinkedHashMap<>();
        try {
            for (RecordComponent component : Limits.class.getRecordComponents()) {
                all.put(component.getName(), (Long) component.getAccessor().invoke(this));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }

    /**
     * Checks one value against its bound.
     *
     * @param subject what is checked, as a path for the message
     * @param name the component of the bound
     * @throws LimitExceededException if {@code actual} is above {@code limit}
     */
    public static void check(String subject, String name, long actual, long limit) {
        if (actual > limit) {
            throw new LimitExceededException(subject, name, actual, limit);
        }
    }

    private static void requirePositive(long... bounds) {
        for (int i = 0; i < bounds.length; i++) {
            if (bounds[i] < 1) {
                String name = Limits.class.getRecordComponents()[i].getName();
                throw new InvalidRequestException("limits: " + name, bounds[i] + " (at least 1)");
            }
        }
    }

    private static void requireOrder(String smallName, long small, String largeName, long large) {
        if (small > large) {
            throw new InvalidRequestException(
                    "limits: " + smallName, small + " (expected 1 to " + largeName + " = " + large + ")");
        }
    }
}
