package org.almagest.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.bench.data.Area;
import org.almagest.bench.data.Granule;
import org.almagest.bench.data.GranuleSource;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.QuestionKind;
import org.almagest.bench.data.RowDigest;
import org.almagest.bench.data.TimeSpan;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Json;
import org.almagest.model.TimeInterval;
import org.almagest.model.Uint64;
import org.almagest.query.FieldOperand;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;

/** The engine itself, through nothing but its public interface. */
final class AlmagestPeer implements Peer {
    private static final String SLUG = "bench.granules";

    private final Path folder;
    private final GranuleSource source;
    private final Layout layout;
    private final Catalog catalog;
    private final Dataset dataset;

    /** How the rows are kept. */
    enum Layout {
        /** In one collection, as the peers keep them in one table. */
        ONE_COLLECTION,
        /** In a collection for each satellite. */
        FIVE_COLLECTIONS,
        /** In one collection with a key. */
        KEYED
    }

    AlmagestPeer(Path folder, GranuleSource source, Layout layout) {
        this.folder = folder;
        this.source = source;
        this.layout = layout;
        this.catalog = Catalog.open(folder);
        Optional<Dataset> found = catalog.findDataset(SLUG);
        // No lambda: opening would pay for the first one of the process.
        this.dataset = found.isPresent() ? found.get() : create();
    }

    private Dataset create() {
        if (layout != Layout.KEYED) {
            return catalog.createDataset(DatasetSpec.of(SLUG, source.schema()));
        }
        DatasetSchema keyed = source.schema().toBuilder().key("granule_name").build();
        return catalog.createDataset(DatasetSpec.of(SLUG, keyed));
    }

    @Override
    public String version() {
        return "Almagest";
    }

    @Override
    public boolean answers(QuestionKind kind) {
        return kind != QuestionKind.E2 || layout == Layout.KEYED;
    }

    @Override
    public long ingest(List<Granule> rows) {
        if (layout != Layout.FIVE_COLLECTIONS) {
            List<Datapoint> datapoints = new ArrayList<>(rows.size());
            rows.forEach(row -> datapoints.add(row.datapoint()));
            return dataset.getOrCreateCollection("granules").ingest(datapoints).created();
        }
        Map<String, List<Datapoint>> byCollection = new TreeMap<>();
        rows.forEach(row -> byCollection
                .computeIfAbsent(source.collection(row.index()), name -> new ArrayList<>())
                .add(row.datapoint()));
        long created = 0;
        for (Map.Entry<String, List<Datapoint>> entry : byCollection.entrySet()) {
            Collection collection = dataset.getOrCreateCollection(entry.getKey());
            created += collection.ingest(entry.getValue()).created();
        }
        return created;
    }

    @Override
    public void finish() {
        catalog.maintenance().orElseThrow().flush();
    }

    @Override
    public void settle() {
        catalog.maintenance().orElseThrow().compact();
    }

    @Override
    public Session session() {
        return new Questions(dataset);
    }

    @Override
    public long bytesOnDisk() throws IOException {
        return Folders.bytes(folder);
    }

    @Override
    public void close() {
        catalog.close();
    }

    /** Asks a dataset. */
    static final class Questions implements Session {
        private final Dataset dataset;
        private final Map<Long, DatapointId> ids = new HashMap<>();

        Questions(Dataset dataset) {
            this.dataset = dataset;
        }

        @Override
        public void prepare(List<Question> questions) {
            for (Question question : questions) {
                if (question.kind() == QuestionKind.E) {
                    Granule row = question.wanted();
                    Query query = Query.at(Instant.ofEpochMilli(row.timeMillis()))
                            .where(FieldOperand.field("granule_name").equalTo(row.name()))
                            .skipData()
                            .build();
                    ids.put(
                            row.index(),
                            dataset.query(query).toList().get(0).id().orElseThrow());
                }
            }
        }

        @Override
        public void ask(Question question, RowDigest digest) {
            switch (question.kind()) {
                case E ->
                    add(
                            dataset.find(Objects.requireNonNull(
                                            ids.get(question.wanted().index())))
                                    .orElseThrow(),
                            digest);
                case E2 -> dataset.findByKey(question.wanted().name()).forEach(row -> add(row, digest));
                case F -> digest.counted(dataset.count(query(question)));
                default -> {
                    try (QueryResult result = dataset.query(query(question))) {
                        for (Datapoint row : result) {
                            add(row, digest);
                        }
                    }
                }
            }
        }

        /** Asks for a window of time and an area; everywhere where that is null. */
        static Query.Builder query(TimeSpan time, @Nullable Area area) {
            Query.Builder query = time.isAll() ? Query.allTime() : Query.during(interval(time));
            if (area != null && area.shape() == Area.Shape.BOX) {
                query.intersecting(box(area));
            } else if (area != null) {
                query.intersecting(area.geometry());
            }
            return query;
        }

        static Query query(Question question) {
            Query.Builder query = query(question.time(), question.area());
            if (question.kind() == QuestionKind.G) {
                query.where(FieldOperand.field("cloud_cover").lessThan(QuestionKind.CLOUD_BELOW));
            }
            if (question.kind() == QuestionKind.I) {
                query.limit(QuestionKind.PAGE_ROWS);
            }
            return query.build();
        }

        private static TimeInterval interval(TimeSpan time) {
            long end = time.endMillis();
            return TimeInterval.of(
                    Instant.ofEpochMilli(time.startMillis()),
                    end == Long.MAX_VALUE ? TimeInterval.LATEST : Instant.ofEpochMilli(end));
        }

        private static BoundingBox box(Area area) {
            Envelope first = area.boxes().get(0);
            Envelope last = area.boxes().get(area.boxes().size() - 1);
            return BoundingBox.of(first.getMinX(), first.getMinY(), last.getMaxX(), last.getMaxY());
        }

        private static void add(Datapoint row, RowDigest digest) {
            Map<String, Object> values = row.values();
            digest.begin();
            digest.number(row.time().toEpochMilli());
            digest.geometry(row.geometry().orElseThrow());
            digest.text((String) value(values, "granule_name"));
            digest.text((String) value(values, "platform"));
            digest.text((String) value(values, "product_type"));
            digest.text((String) value(values, "processing_baseline"));
            digest.number((Long) value(values, "orbit"));
            Object cloud = values.get("cloud_cover");
            digest.real(cloud == null ? Double.NaN : (Double) cloud);
            digest.number(((Uint64) value(values, "file_size")).bits());
            digest.text((String) value(values, "checksum"));
            digest.number(((Instant) value(values, "published_at")).toEpochMilli());
            List<?> polarization = (List<?>) values.getOrDefault("polarization", List.of());
            digest.number(polarization.size());
            for (Object one : polarization) {
                digest.text((String) one);
            }
            Object assets = values.get("assets");
            if (assets != null) {
                digest.json(((Json) assets).text());
            }
            digest.end();
            digest.unchecked(row.id().orElseThrow().low());
            digest.unchecked(row.ingestionTime().orElseThrow().toEpochMilli());
        }

        private static Object value(Map<String, Object> values, String field) {
            Object value = values.get(field);
            if (value == null) {
                throw new IllegalStateException("a row came back without " + field);
            }
            return value;
        }

        @Override
        public void close() {}
    }
}
