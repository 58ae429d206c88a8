package org.almagest.io.stac.request;

import java.util.Set;

/**
 * The members of items that are wanted; the default set where neither is given.
 *
 * @param include paths that are kept, such as {@code properties.eo:cloud_cover}
 * @param exclude paths that are left out
 */
public record FieldChoice(Set<String> include, Set<String> exclude) {
    /** Everything. */
    public static final FieldChoice ALL = new FieldChoice(Set.of(), Set.of());

    /** Copies the sets. */
    public FieldChoice {
        include = Set.copyOf(include);
        exclude = Set.copyOf(exclude);
    }

    /** Tells whether nothing is left out. */
    public boolean isAll() {
        return include.isEmpty() && exclude.isEmpty();
    }

    /** Returns the paths in order, so that equal choices have equal text. */
    @Override
    public String toString() {
        return "+" + include.stream().sorted().toList() + "-"
                + exclude.stream().sorted().toList();
    }
}
