package org.almagest.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.model.IngestResult;
import org.almagest.model.Json;
import org.almagest.model.OnInvalid;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;

/** One step of a random script; everything it needs was drawn before, so that any part of a script can be replayed. */
interface ScriptOperation {
    /** Asks for all rows by id. */
    Query EVERYTHING = Query.allTime().build();

    /** Does the step and returns what came of it as text, the same for every right implementation. */
    String run(ScriptSession session);

    /** Tells whether the catalog is the same after the step, whatever comes of it. */
    default boolean onlyReads() {
        return false;
    }

    /** Returns how much time passes before the step. */
    default Duration pause() {
        return Duration.ofSeconds(1);
    }

    /** Returns steps that do less of the same. */
    default List<ScriptOperation> smaller() {
        return List.of();
    }

    /** Creates a dataset. */
    record CreateDataset(DatasetSpec spec) implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            Dataset dataset = session.catalog().createDataset(spec);
            return dataset.id() + " " + dataset.schema();
        }
    }

    /** Creates a collection where there is none. */
    record CreateCollection(String slug, String name) implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            Dataset dataset = session.catalog().dataset(slug);
            return dataset.getOrCreateCollection(name).id() + " "
                    + dataset.collections().stream().map(Collection::name).toList();
        }
    }

    /** Adds a field, or says something else about one. */
    record AddField(String slug, Field field) implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            Dataset dataset = session.catalog().dataset(slug);
            return dataset.alter(
                            dataset.schema().toBuilder().replaceField(field).build())
                    .toString();
        }
    }

    /** Puts a document. */
    record PutDocument(String slug, String name, Json document) implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            Collection collection = session.collection(slug, name);
            String before = collection.document().map(Json::text).orElse("none");
            collection.putDocument(document);
            return before;
        }
    }

    /** Stores rows. */
    record Ingest(String slug, String name, IngestOptions options, List<Datapoint> rows) implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            IngestResult result = session.collection(slug, name).ingest(rows, options);
            List<String> rejected = new ArrayList<>();
            result.rejected().forEach(row -> rejected.add(row.row() + " " + row.reason()));
            return result.ids() + " " + result.counts() + " " + result.geometries() + " " + rejected;
        }

        @Override
        public List<ScriptOperation> smaller() {
            List<ScriptOperation> smaller = new ArrayList<>();
            int half = rows.size() / 2;
            if (half > 0) {
                smaller.add(new Ingest(slug, name, options, rows.subList(0, half)));
                smaller.add(new Ingest(slug, name, options, rows.subList(half, rows.size())));
            }
            return smaller;
        }

        @Override
        public String toString() {
            StringBuilder out = new StringBuilder("Ingest[" + slug + " " + name + " " + options.mode());
            out.append(options.onInvalid() == OnInvalid.QUARANTINE ? " QUARANTINE" : "");
            for (Datapoint row : rows) {
                out.append("\n        ").append(row.hasTime() ? RowText.of(row) : row.toString());
            }
            return out.append("]").toString();
        }
    }

    /**
     * Where a query is asked.
     *
     * @param slug the dataset; null for the whole catalog
     * @param names the collections; one is asked itself, several through the dataset, none means all
     */
    record Scope(@Nullable String slug, List<String> names) {
        QueryResult ask(Catalog catalog, Query query) {
            if (slug == null) {
                return catalog.query(query);
            }
            Dataset dataset = catalog.dataset(slug);
            if (names.size() == 1) {
                return dataset.collection(names.get(0)).query(query);
            }
            return names.isEmpty() ? dataset.query(query) : dataset.query(query, names);
        }

        long count(Catalog catalog, Query query) {
            if (slug == null) {
                return catalog.count(query);
            }
            Dataset dataset = catalog.dataset(slug);
            if (names.size() == 1) {
                return dataset.collection(names.get(0)).count(query);
            }
            return names.isEmpty() ? dataset.count(query) : dataset.count(query, names);
        }
    }

    /** Asks a query page by page, or at once where {@code pageRows} is 0, and counts it. */
    record Ask(Scope scope, Query query, long pageRows) implements ScriptOperation {
        @Override
        public boolean onlyReads() {
            return true;
        }

        @Override
        public String run(ScriptSession session) {
            StringBuilder out = new StringBuilder();
            PageToken token = null;
            do {
                Query.Builder next = query.toBuilder();
                if (pageRows > 0) {
                    next.limit(pageRows);
                }
                if (token != null) {
                    next.after(token);
                }
                List<String> rows = new ArrayList<>();
                try (QueryResult page = scope.ask(session.catalog(), next.build())) {
                    out.append(" version ").append(session.relative(page.version()));
                    page.forEach(row -> rows.add(RowText.of(row)));
                    rows.forEach(row -> out.append("\n        ").append(row));
                    token = page.nextToken().orElse(null);
                    out.append("\n        next ").append(token);
                }
                checkBatches(session.catalog(), next.build(), rows);
            } while (token != null);
            return scope.count(session.catalog(), query) + out.toString();
        }

        /** Asks the same for batches. */
        private void checkBatches(Catalog catalog, Query page, List<String> rows) {
            int rowsMax = 1 + (int) (pageRows / 2) + rows.size() / 3;
            try (QueryResult answer = scope.ask(catalog, page)) {
                List<String> same = BatchRows.read(answer, rowsMax).stream()
                        .map(RowText::of)
                        .toList();
                if (!same.equals(rows)) {
                    throw new AssertionError("batches of " + rowsMax + ": " + same + " (expected " + rows + ")");
                }
            }
        }

        @Override
        public List<ScriptOperation> smaller() {
            List<ScriptOperation> smaller = new ArrayList<>();
            if (pageRows > 0) {
                smaller.add(new Ask(scope, query, 0));
            }
            if (!QueryText.of(query).equals(QueryText.of(EVERYTHING))) {
                smaller.add(new Ask(scope, EVERYTHING, pageRows));
            }
            return smaller;
        }

        @Override
        public String toString() {
            return "Ask[" + scope + " " + QueryText.of(query) + ", pages of " + pageRows + "]";
        }
    }

    /** Opens an answer and keeps it. */
    record Hold(Scope scope, Query query) implements ScriptOperation {
        @Override
        public boolean onlyReads() {
            return true;
        }

        @Override
        public String run(ScriptSession session) {
            session.hold(scope.ask(session.catalog(), query));
            return "";
        }

        @Override
        public String toString() {
            return "Hold[" + scope + " " + QueryText.of(query) + "]";
        }
    }

    /** Reads the answers that were kept. */
    record ReadHeld() implements ScriptOperation {
        @Override
        public boolean onlyReads() {
            return true;
        }

        @Override
        public String run(ScriptSession session) {
            return session.readHeld();
        }
    }

    /** Asks for the sizes of everything. */
    record Infos() implements ScriptOperation {
        @Override
        public boolean onlyReads() {
            return true;
        }

        @Override
        public String run(ScriptSession session) {
            StringBuilder out = new StringBuilder();
            for (Dataset dataset : session.catalog().datasets()) {
                out.append(dataset.slug()).append(' ').append(dataset.schema());
                dataset.collections()
                        .forEach(collection -> out.append(' ')
                                .append(collection.info())
                                .append(collection.document().map(Json::text).orElse("")));
            }
            return out.toString();
        }
    }

    /** Finds the row in this place of a dataset by its id, everywhere; and an id that is not there. */
    record FindNth(String slug, int place) implements ScriptOperation {
        @Override
        public boolean onlyReads() {
            return true;
        }

        @Override
        public String run(ScriptSession session) {
            Dataset dataset = session.catalog().dataset(slug);
            List<Datapoint> all =
                    dataset.query(Query.allTime().skipData().build()).toList();
            if (all.isEmpty()) {
                return "empty";
            }
            DatapointId id = all.get(place % all.size()).id().orElseThrow();
            StringBuilder out =
                    new StringBuilder(dataset.find(id).map(RowText::of).orElse("not found"));
            for (Collection collection : dataset.collections()) {
                out.append(", ").append(collection.find(id).map(RowText::of).orElse("not here"));
            }
            DatapointId absent = new DatapointId(id.high(), id.low() ^ 1);
            return out + ", " + dataset.find(absent).isPresent();
        }
    }

    /** Finds rows by key. */
    record FindKey(String slug, Object key) implements ScriptOperation {
        @Override
        public boolean onlyReads() {
            return true;
        }

        @Override
        public String run(ScriptSession session) {
            Dataset dataset = session.catalog().dataset(slug);
            List<String> found =
                    dataset.findByKey(key).stream().map(RowText::of).toList();
            StringBuilder out = new StringBuilder(found.toString());
            for (Collection collection : dataset.collections()) {
                out.append(", ")
                        .append(collection.findByKey(key).map(RowText::of).orElse("not here"));
            }
            return out.toString();
        }
    }

    /** Asks for the newest rows, and for the last one up to an instant. */
    record Latest(String slug, int count, Instant instant) implements ScriptOperation {
        @Override
        public boolean onlyReads() {
            return true;
        }

        @Override
        public String run(ScriptSession session) {
            Dataset dataset = session.catalog().dataset(slug);
            StringBuilder out = new StringBuilder();
            dataset.latest(count).forEach(row -> out.append("\n        ").append(RowText.of(row)));
            out.append(" last ").append(dataset.lastAtOrBefore(instant).map(RowText::of));
            for (Collection collection : dataset.collections()) {
                collection.latest(count).forEach(row -> out.append("\n        ").append(RowText.of(row)));
                out.append(" last ").append(collection.lastAtOrBefore(instant).map(RowText::of));
            }
            return out.toString();
        }
    }
}
