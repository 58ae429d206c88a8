package org.almagest.testing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.almagest.geo.Footprint;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Json;
import org.almagest.runtime.Clock;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;

/** Everything a {@link ModelCatalog} knows, as plain sorted maps; whoever reads or writes holds its lock. */
final class ModelState {
    private static final Comparator<String> CODE_POINTS = (left, right) -> {
        int[] first = left.codePoints().toArray();
        int[] second = right.codePoints().toArray();
        return Arrays.compare(first, second);
    };

    final TreeMap<String, DatasetRows> datasets = new TreeMap<>();
    final UUID namespace;
    long version;
    private Instant lastCommit = Instant.MIN;

    ModelState(UUID namespace) {
        this.namespace = namespace;
    }

    /** Begins the next version and returns the time of its commit. */
    Instant commit(Clock clock) {
        Instant now = clock.now().truncatedTo(ChronoUnit.MICROS);
        Instant next = lastCommit.equals(Instant.MIN) ? now : lastCommit.plus(1, ChronoUnit.MICROS);
        lastCommit = now.isAfter(next) ? now : next;
        version++;
        return lastCommit;
    }

    long collectionCount() {
        return datasets.values().stream()
                .mapToLong(dataset -> dataset.collections.size())
                .sum();
    }

    /** Returns all collections of all datasets. */
    List<CollectionRows> collections() {
        List<CollectionRows> all = new ArrayList<>();
        datasets.values().forEach(dataset -> all.addAll(dataset.collections.values()));
        return all;
    }

    /** One dataset. */
    static final class DatasetRows {
        final String slug;
        final UUID id;
        final String description;
        final TreeMap<String, CollectionRows> collections = new TreeMap<>(CODE_POINTS);
        DatasetSchema schema;

        DatasetRows(String slug, UUID id, String description, DatasetSchema schema) {
            this.slug = slug;
            this.id = id;
            this.description = description;
            this.schema = schema;
        }
    }

    /** One collection. */
    static final class CollectionRows {
        final DatasetRows dataset;
        final String name;
        final UUID id;
        final TreeMap<DatapointId, Row> rows = new TreeMap<>();

        @Nullable
        Json document;

        CollectionRows(DatasetRows dataset, String name, UUID id) {
            this.dataset = dataset;
            this.name = name;
            this.id = id;
        }
    }

    /**
     * One row.
     *
     * @param stored what a query returns
     * @param footprint what a spatial filter tests; null without geometry
     */
    record Row(Datapoint stored, @Nullable Footprint footprint) {
        DatapointId id() {
            return stored.id().orElseThrow();
        }

        Optional<Object> key(DatasetSchema schema) {
            return schema.key().map(Field::name).flatMap(stored::value);
        }
    }
}
