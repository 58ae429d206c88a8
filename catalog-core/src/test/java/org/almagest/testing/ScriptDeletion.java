package org.almagest.testing;

import java.util.ArrayList;
import java.util.List;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.query.Query;
import org.almagest.schema.DatasetSchema;

/** Steps of a random script that delete. */
final class ScriptDeletion {
    private ScriptDeletion() {}

    /** Deletes the rows in these places of a collection by id; a negative place is an id that is not there. */
    record DeleteNth(String slug, String name, List<Integer> places) implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            Collection collection = session.collection(slug, name);
            List<DatapointId> all = collection.query(Query.allTime().skipData().build()).toList().stream()
                    .map(row -> row.id().orElseThrow())
                    .toList();
            List<DatapointId> ids = new ArrayList<>();
            for (int place : places) {
                ids.add(place < 0 || all.isEmpty() ? DatapointId.lowest(place) : nth(all, place));
            }
            return collection.delete(ids) + " " + collection.info();
        }

        @Override
        public List<ScriptOperation> smaller() {
            int half = places.size() / 2;
            return half == 0
                    ? List.of()
                    : List.of(
                            new DeleteNth(slug, name, places.subList(0, half)),
                            new DeleteNth(slug, name, places.subList(half, places.size())));
        }
    }

    /** Deletes the rows in these places of a collection by key; a negative place is a key that is not there. */
    record DeleteKeys(String slug, String name, List<Integer> places) implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            Collection collection = session.collection(slug, name);
            List<Datapoint> all = collection.query(EVERYTHING).toList();
            List<Object> keys = new ArrayList<>();
            for (int place : places) {
                Object key = place < 0 || all.isEmpty()
                        ? null
                        : nth(all, place).values().get("key");
                keys.add(key == null ? "absent" : key);
            }
            return collection.deleteByKeys(keys) + " " + collection.info();
        }

        @Override
        public List<ScriptOperation> smaller() {
            int half = places.size() / 2;
            return half == 0
                    ? List.of()
                    : List.of(
                            new DeleteKeys(slug, name, places.subList(0, half)),
                            new DeleteKeys(slug, name, places.subList(half, places.size())));
        }
    }

    private static <T> T nth(List<T> all, int place) {
        return all.get(place * all.size() / 1_000);
    }

    /** Deletes what matches. */
    record DeleteMatching(String slug, String name, Query query) implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            Collection collection = session.collection(slug, name);
            return collection.delete(query) + " " + collection.info();
        }

        @Override
        public List<ScriptOperation> smaller() {
            return QueryText.of(query).equals(QueryText.of(EVERYTHING))
                    ? List.of()
                    : List.of(new DeleteMatching(slug, name, EVERYTHING));
        }

        @Override
        public String toString() {
            return "DeleteMatching[" + slug + " " + name + " " + QueryText.of(query) + "]";
        }
    }

    /** Empties a dataset, so that anything of its schema may change. */
    record Empty(String slug) implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            long deleted = 0;
            for (Collection collection : session.catalog().dataset(slug).collections()) {
                deleted += collection.delete(EVERYTHING);
            }
            return deleted + " deleted";
        }
    }

    /** Removes a field, which only an empty dataset allows. */
    record RemoveField(String slug, String field) implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            Dataset dataset = session.catalog().dataset(slug);
            DatasetSchema.Builder without = dataset.schema().toBuilder().removeField(field);
            return dataset.alter(without.build()).toString();
        }
    }

    /** Deletes a collection. */
    record DeleteCollection(String slug, String name) implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            Dataset dataset = session.catalog().dataset(slug);
            dataset.deleteCollection(name);
            return dataset.collections().stream().map(Collection::name).toList().toString();
        }
    }

    /** Deletes a dataset. */
    record DeleteDataset(String slug) implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            return session.catalog().deleteDataset(slug) + " "
                    + session.catalog().deletedDatasets();
        }
    }

    /** Restores a dataset. */
    record RestoreDataset(String slug) implements ScriptOperation {
        @Override
        public String run(ScriptSession session) {
            Dataset dataset = session.catalog().restoreDataset(slug);
            return dataset.schema() + " " + session.catalog().deletedDatasets();
        }
    }
}
