package org.almagest.io.stac.names;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almagest.query.QueryScope;

/** Turns collections into the scope of a query: whole datasets where all of one are meant. One thread. */
final class ScopeOf {
    private final Map<String, Integer> sizes = new LinkedHashMap<>();

    ScopeOf(CollectionIds ids) {
        ids.all().forEach(place -> sizes.merge(place.slug(), 1, Integer::sum));
    }

    Optional<QueryScope> places(List<Place> chosen) {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        for (Place place : chosen) {
            names.computeIfAbsent(place.slug(), slug -> new LinkedHashSet<>()).add(place.name());
        }
        List<String> whole = new ArrayList<>();
        List<QueryScope> parts = new ArrayList<>();
        names.forEach((slug, chosenNames) -> {
            if (chosenNames.size() == sizes.getOrDefault(slug, 0)) {
                whole.add(slug);
            } else {
                parts.add(QueryScope.collections(slug, List.copyOf(chosenNames)));
            }
        });
        if (!whole.isEmpty()) {
            parts.add(QueryScope.datasets(whole));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(joined(parts));
    }

    /** Joins by halves: each join copies what it joins, so one after the other would cost the square. */
    private static QueryScope joined(List<QueryScope> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int half = parts.size() / 2;
        return joined(parts.subList(0, half)).and(joined(parts.subList(half, parts.size())));
    }
}
