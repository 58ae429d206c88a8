package org.almagest.io.stac.request;

import java.util.HashSet;
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

    /** What an item has at least, by the extension: the set that exclusions from no inclusion are taken from. */
    private static final Set<String> DEFAULT = Set.of(
            "type",
            "stac_version",
            "stac_extensions",
            "id",
            "collection",
            "geometry",
            "bbox",
            "links",
            "assets",
            "properties.datetime");

    /** What tells which item it is. */
    private static final Set<String> IDENTITY = Set.of("type", "stac_version", "id", "collection");

    /** Copies the sets. */
    public FieldChoice {
        include = Set.copyOf(include);
        exclude = Set.copyOf(exclude);
    }

    /**
     * Returns the choice as the extension means it.
     *
     * <p>Parts of a member that are kept of one that is left out come with what tells which item it is.
     */
    static FieldChoice of(Set<String> include, Set<String> exclude) {
        boolean parts = !exclude.isEmpty() && include.stream().anyMatch(path -> path.contains("."));
        if (!parts) {
            return new FieldChoice(include, exclude);
        }
        Set<String> all = new HashSet<>(IDENTITY);
        all.removeAll(exclude);
        all.addAll(include);
        return new FieldChoice(all, exclude);
    }

    /** Returns the choice of the default set but for some: what an empty list of inclusions asks for. */
    static FieldChoice ofDefaultBut(Set<String> exclude) {
        Set<String> rest = new HashSet<>(DEFAULT);
        rest.removeAll(exclude);
        return exclude.isEmpty() ? ALL : new FieldChoice(rest, exclude);
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
