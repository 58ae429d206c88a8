package org.almagest.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.almagest.error.NotFoundException;
import org.almagest.geo.Footprint;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.FieldNames;
import org.almagest.model.Json;
import org.almagest.model.Retention;
import org.almagest.runtime.Clock;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Everything a {@link ModelCatalog} knows, as plain sorted maps; whoever reads or writes holds its lock. */
final class ModelState {
    /** The version of a row that is not stored yet. */
    static final long NOT_STORED = -1;

    private static final Duration RESTORABLE = Duration.ofDays(7);
    private static final Comparator<String> CODE_POINTS = (left, right) -> {
        int[] first = left.codePoints().toArray();
        int[] second = right.codePoints().toArray();
        return Arrays.compare(first, second);
    };

    final TreeMap<String, DatasetRows> datasets = new TreeMap<>();
    final UUID namespace;
    long version;
    long definitions;
    private final List<Instant> commits = new ArrayList<>();
    private long oldest;

    ModelState(UUID namespace) {
        this.namespace = namespace;
    }

    /** Begins the next version and returns the time of its commit. */
    Instant commit(Clock clock) {
        Instant now = clock.now().truncatedTo(ChronoUnit.MICROS);
        Instant next = lastCommit().map(time -> time.plus(1, ChronoUnit.MICROS)).orElse(now);
        commits.add(now.isAfter(next) ? now : next);
        version++;
        return commits.get(commits.size() - 1);
    }

    Optional<Instant> lastCommit() {
        return commits.isEmpty() ? Optional.empty() : Optional.of(commits.get(commits.size() - 1));
    }

    /** Returns the first version that was still the newest one less than {@code retention} ago; never goes back. */
    long oldest(Duration retention, Instant now) {
        while (oldest < version
                && (retention.isZero()
                        || !commits.get((int) oldest).isAfter(now.minus(retention)))) { // the commit after this version
            oldest++;
        }
        return oldest;
    }

    /** Returns a dataset that is neither absent nor deleted. */
    DatasetRows dataset(String slug) {
        DatasetRows found = datasets.get(slug);
        if (found == null || found.deletedAt != null) {
            throw new NotFoundException("No such dataset " + slug);
        }
        return found;
    }

    /** Returns everything there is at this moment, so that it can be asked whatever becomes of it. */
    Map<CollectionRows, View> copy() {
        Map<CollectionRows, View> copy = new IdentityHashMap<>();
        for (DatasetRows dataset : datasets.values()) {
            for (CollectionRows collection : dataset.collections.values()) {
                copy.put(collection, new View(new TreeMap<>(collection.rows), dataset.schema));
            }
        }
        return copy;
    }

    /** Returns the datasets that are not deleted. */
    List<DatasetRows> liveDatasets() {
        return datasets.values().stream()
                .filter(dataset -> dataset.deletedAt == null)
                .toList();
    }

    long collectionCount() {
        return datasets.values().stream()
                .mapToLong(dataset -> dataset.collections.size())
                .sum();
    }

    /** Returns all collections of all datasets that are not deleted. */
    List<CollectionRows> collections() {
        List<CollectionRows> all = new ArrayList<>();
        liveDatasets().forEach(dataset -> all.addAll(dataset.collections.values()));
        return all;
    }

    /** One dataset. */
    static final class DatasetRows {
        final String slug;
        final UUID id;
        final String description;
        final TreeMap<String, CollectionRows> collections = new TreeMap<>(CODE_POINTS);
        DatasetSchema schema;

        @Nullable
        Instant deletedAt;

        DatasetRows(String slug, UUID id, String description, DatasetSchema schema) {
            this.slug = slug;
            this.id = id;
            this.description = description;
            this.schema = schema;
        }

        boolean isEmpty() {
            return collections.values().stream().allMatch(collection -> collection.rows.isEmpty());
        }

        /** Returns the instant from which on it cannot be restored any more. */
        Instant restorableUntil() {
            return Objects.requireNonNull(deletedAt).plus(RESTORABLE);
        }
    }

    /** One collection. */
    static final class CollectionRows {
        final DatasetRows dataset;
        final String name;
        final UUID id;
        final TreeMap<DatapointId, Row> rows = new TreeMap<>();
        private final List<FormerRow> former = new ArrayList<>();
        private long changed;

        long documentVersion;

        @Nullable
        Json document;

        @Nullable
        Retention retention;

        /** Returns the version that stored or removed rows last; 0 where none did. */
        long changed() {
            return changed;
        }

        /** Makes the past of an empty collection as empty as it is now. */
        void forget() {
            former.clear();
        }

        CollectionRows(DatasetRows dataset, String name, UUID id) {
            this.dataset = dataset;
            this.name = name;
            this.id = id;
        }

        /** Stores a row by the commit of a version. */
        void put(Row row, long version, Instant time) {
            Map<String, Object> values = row.stored().values();
            FieldNames names = FieldNames.of(List.copyOf(values.keySet()));
            Datapoint stored = names.datapoint(
                    row.id(),
                    time,
                    origin(row.footprint()),
                    row.place(),
                    values.values().toArray());
            changed = version;
            rows.put(row.id(), new Row(stored, row.footprint(), version));
        }

        private FieldNames.Origin origin(@Nullable Footprint footprint) {
            return new FieldNames.Origin() {
                @Override
                public UUID collectionId() {
                    return id;
                }

                @Override
                public BoundingBox box(Geometry geometry, int flags) {
                    return Objects.requireNonNull(footprint).indexBox();
                }
            };
        }

        /** Returns a row of it with the fields of a selection only. */
        Datapoint projected(Row row, Set<String> selection) {
            Datapoint stored = row.stored();
            List<String> names = stored.values().keySet().stream()
                    .filter(selection::contains)
                    .toList();
            Object[] values =
                    names.stream().map(name -> stored.value(name).orElseThrow()).toArray();
            return FieldNames.of(names)
                    .datapoint(
                            row.id(),
                            stored.ingestionTime().orElseThrow(),
                            origin(row.footprint()),
                            selection.contains(DatasetSchema.GEOMETRY) ? row.place() : null,
                            values);
        }

        /** Ends a row by the commit of a version. */
        void remove(DatapointId id, long version) {
            changed = version;
            former.add(new FormerRow(Objects.requireNonNull(rows.remove(id)), version));
        }

        /** Returns the rows that were live after the commit of a version. */
        TreeMap<DatapointId, Row> at(long version) {
            if (version >= changed) {
                return rows;
            }
            TreeMap<DatapointId, Row> then = new TreeMap<>();
            rows.values().stream().filter(row -> row.since() <= version).forEach(row -> then.put(row.id(), row));
            for (FormerRow gone : former) {
                if (gone.row().since() <= version && version < gone.until()) {
                    then.put(gone.row().id(), gone.row());
                }
            }
            return then;
        }
    }

    /**
     * What a query sees of a collection.
     *
     * @param schema the one that the rows were read by
     */
    record View(TreeMap<DatapointId, Row> rows, DatasetSchema schema) {}

    /**
     * A row that was deleted or replaced.
     *
     * @param until the version from which on it was gone
     */
    private record FormerRow(Row row, long until) {}

    /** A geometry as it was given. */
    private record Place(Geometry get) implements FieldNames.StoredGeometry {
        @Override
        public int flags() {
            return 0; // the box is known otherwise
        }
    }

    /**
     * One row.
     *
     * @param stored what a query returns
     * @param footprint what a spatial filter tests; null without geometry
     * @param since the version from which on it was there
     */
    record Row(Datapoint stored, @Nullable Footprint footprint, long since) {
        DatapointId id() {
            return stored.id().orElseThrow();
        }

        /** Returns the place as it was given; null where there is none. */
        FieldNames.@Nullable StoredGeometry place() {
            return stored.geometry().map(Place::new).orElse(null);
        }

        Optional<Object> key(DatasetSchema schema) {
            return schema.key().map(Field::name).flatMap(stored::value);
        }
    }
}
