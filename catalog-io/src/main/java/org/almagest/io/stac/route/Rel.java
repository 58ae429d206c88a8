package org.almagest.io.stac.route;

/** Names of link relations. */
public final class Rel {
    /** The landing page. */
    public static final String ROOT = "root";

    /** The document itself. */
    public static final String SELF = "self";

    /** What holds the document. */
    public static final String PARENT = "parent";

    /** What a catalog holds. */
    public static final String CHILD = "child";

    /** The items of a collection. */
    public static final String ITEMS = "items";

    /** One item. */
    public static final String ITEM = "item";

    /** The collection of an item. */
    public static final String COLLECTION = "collection";

    /** The page after. */
    public static final String NEXT = "next";

    /** The page before. */
    public static final String PREV = "prev";

    /** The search over all collections. */
    public static final String SEARCH = "search";

    /** The collections. */
    public static final String DATA = "data";

    /** What a filter can name. */
    public static final String QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables";

    /** What answers can be sorted by. */
    public static final String SORTABLES = "http://www.opengis.net/def/rel/ogc/1.0/sortables";

    private Rel() {}
}
