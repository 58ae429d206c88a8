package org.almagest.query;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which datasets and collections of a catalog a query is asked of. Immutable.
 *
 * <p>A filter field that one dataset of the scope lacks is unset there; a field that none has is an error.
 */
public final class QueryScope {
    private static final QueryScope ALL = new QueryScope(Map.of());

    /** Collection names by slug; an empty set stands for all collections, an empty map for all datasets. */
    private final Map<String, Set<String>> collections;

    private QueryScope(Map<String, Set<String>> collections) {
        this.collections = collections;
    }

    /** Returns the scope of all collections of all datasets. */
    public static QueryScope all() {
        return ALL;
    }

    /** Returns the scope of these datasets, at least one; a slug given twice counts once. */
    public static QueryScope datasets(List<String> slugs) {
        if (slugs.isEmpty()) {
            throw new IllegalArgumentException("scope: 0 datasets (at least 1)");
        }
        Map<String, Set<String>> chosen = new LinkedHashMap<>();
        slugs.forEach(slug -> chosen.put(slug, Set.of()));
        return new QueryScope(Collections.unmodifiableMap(chosen));
    }

    /** Returns the scope of all collections of these datasets. */
    public static QueryScope datasets(String... slugs) {
        return datasets(List.of(slugs));
    }

    /** Returns the scope of some collections of a dataset; at least one, a name given twice counts once. */
    public static QueryScope collections(String slug, List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("scope: 0 collections (at least 1)");
        }
        return new QueryScope(Map.of(slug, Collections.unmodifiableSet(new LinkedHashSet<>(names))));
    }

    /** Returns this scope with some collections of another dataset added. */
    public QueryScope and(QueryScope other) {
        if (isAll() || other.isAll()) {
            return ALL;
        }
        Map<String, Set<String>> both = new LinkedHashMap<>(collections);
        other.collections.forEach((slug, names) -> both.merge(slug, names, QueryScope::union));
        return new QueryScope(Collections.unmodifiableMap(both));
    }

    private static Set<String> union(Set<String> left, Set<String> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Set.of();
        }
        Set<String> both = new LinkedHashSet<>(left);
        both.addAll(right);
        return Collections.unmodifiableSet(both);
    }

    /** Tells whether every dataset of the catalog is asked. */
    public boolean isAll() {
        return collections.isEmpty();
    }

    /** Returns the slugs that were named, in the order of naming; empty where every dataset is asked. */
    public Set<String> slugs() {
        return collections.keySet();
    }

    /** Returns the collections that were named of a dataset; empty where all of its collections are asked. */
    public Set<String> collectionsOf(String slug) {
        return collections.getOrDefault(slug, Set.of());
    }
}
