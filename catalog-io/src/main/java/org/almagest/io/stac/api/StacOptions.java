package org.almagest.io.stac.api;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.io.stac.exchange.CollectionDeletion;
import org.almagest.io.stac.exchange.NewProperties;
import org.almagest.io.stac.exchange.Preconditions;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.io.stac.exchange.StacObserver;
import org.almagest.io.stac.page.TokenKeys;
import org.almagest.io.stac.search.ItemFormat;
import org.almagest.runtime.Clock;
import org.almagest.runtime.RandomSource;
import org.jspecify.annotations.Nullable;

/** How the API behaves. Immutable; each method returns a changed copy. */
public final class StacOptions {
    private static final StacOptions DEFAULTS = new StacOptions();

    private URI base = URI.create("http://localhost:8080/stac");
    private String id = "almagest";
    private String title = "Almagest";
    private String description = "A STAC API over the datasets of an Almagest catalog";
    private @Nullable TokenKeys tokens;
    private StacLimits limits = StacLimits.defaults();
    private boolean isReadOnly;
    private boolean isPublic;
    private CollectionDeletion deletion = CollectionDeletion.EMPTY_ONLY;
    private NewProperties newProperties = NewProperties.FIELDS;
    private Preconditions preconditions = Preconditions.OPTIONAL;
    private List<ItemFormat> itemFormats = List.of();
    private StacObserver observer = StacObserver.NONE;
    private Clock clock = Clock.system();
    private RandomSource random = RandomSource.secure();

    private StacOptions() {}

    private StacOptions(StacOptions other) {
        this.base = other.base;
        this.id = other.id;
        this.title = other.title;
        this.description = other.description;
        this.tokens = other.tokens;
        this.limits = other.limits;
        this.isReadOnly = other.isReadOnly;
        this.isPublic = other.isPublic;
        this.deletion = other.deletion;
        this.newProperties = other.newProperties;
        this.preconditions = other.preconditions;
        this.itemFormats = other.itemFormats;
        this.observer = other.observer;
        this.clock = other.clock;
        this.random = other.random;
    }

    /** Returns the defaults: reads and writes, tokens that live as long as the API does. */
    public static StacOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets the address that links begin with where a request says none.
     *
     * @throws InvalidRequestException if it is not absolute, or has a query
     */
    public StacOptions base(URI root) {
        if (!root.isAbsolute() || root.getRawQuery() != null || root.getRawFragment() != null) {
            throw new InvalidRequestException("base", Quoted.text(root.toString()) + " (expected an absolute URL)");
        }
        StacOptions copy = new StacOptions(this);
        copy.base = root;
        return copy;
    }

    /** Sets the id of the landing page; {@code almagest} else. */
    public StacOptions id(String text) {
        StacOptions copy = new StacOptions(this);
        copy.id = text;
        return copy;
    }

    /** Sets the title of the landing page. */
    public StacOptions title(String text) {
        StacOptions copy = new StacOptions(this);
        copy.title = text;
        return copy;
    }

    /** Sets the description of the landing page. */
    public StacOptions describedAs(String text) {
        StacOptions copy = new StacOptions(this);
        copy.description = text;
        return copy;
    }

    /** Sets the keys of page tokens, so that tokens outlive this process; else they are random. */
    public StacOptions tokens(TokenKeys keys) {
        StacOptions copy = new StacOptions(this);
        copy.tokens = keys;
        return copy;
    }

    /** Sets the bounds. */
    public StacOptions limits(StacLimits bounds) {
        StacOptions copy = new StacOptions(this);
        copy.limits = bounds;
        return copy;
    }

    /** Leaves out the routes that write: they are absent, not refused. */
    public StacOptions readOnly() {
        StacOptions copy = new StacOptions(this);
        copy.isReadOnly = true;
        return copy;
    }

    /** Lets shared caches keep answers; only where every caller may read everything. */
    public StacOptions publicCaching() {
        StacOptions copy = new StacOptions(this);
        copy.isPublic = true;
        return copy;
    }

    /** Sets whether collections that hold items can be deleted; else they cannot. */
    public StacOptions deletion(CollectionDeletion what) {
        StacOptions copy = new StacOptions(this);
        copy.deletion = what;
        return copy;
    }

    /** Sets what becomes of properties that a dataset has no field for; else each becomes one. */
    public StacOptions newProperties(NewProperties what) {
        StacOptions copy = new StacOptions(this);
        copy.newProperties = what;
        return copy;
    }

    /** Sets whether changes must say which version they change; else they need not. */
    public StacOptions preconditions(Preconditions what) {
        StacOptions copy = new StacOptions(this);
        copy.preconditions = what;
        return copy;
    }

    /** Adds a media type for pages of items. */
    public StacOptions itemFormat(ItemFormat format) {
        StacOptions copy = new StacOptions(this);
        List<ItemFormat> all = new ArrayList<>(itemFormats);
        all.add(format);
        copy.itemFormats = List.copyOf(all);
        return copy;
    }

    /** Sets who is told about each request. */
    public StacOptions observer(StacObserver told) {
        StacOptions copy = new StacOptions(this);
        copy.observer = told;
        return copy;
    }

    /** Sets the clock that tokens expire by. */
    public StacOptions clock(Clock source) {
        StacOptions copy = new StacOptions(this);
        copy.clock = source;
        return copy;
    }

    /** Sets where random bits come from. */
    public StacOptions random(RandomSource source) {
        StacOptions copy = new StacOptions(this);
        copy.random = source;
        return copy;
    }

    /** Returns where links begin unless a request says otherwise. */
    public URI base() {
        return base;
    }

    /** Returns the id of the landing page. */
    public String id() {
        return id;
    }

    /** Returns the title of the landing page. */
    public String title() {
        return title;
    }

    /** Returns the description of the landing page. */
    public String description() {
        return description;
    }

    /** Returns the keys of page tokens, random ones where none were given. */
    TokenKeys tokens() {
        return tokens == null ? TokenKeys.random(random) : tokens;
    }

    /** Returns the bounds. */
    public StacLimits limits() {
        return limits;
    }

    /** Tells whether nothing can be written. */
    public boolean isReadOnly() {
        return isReadOnly;
    }

    /** Tells whether shared caches may keep answers. */
    public boolean isPublic() {
        return isPublic;
    }

    /** Returns whether collections that hold items can be deleted. */
    public CollectionDeletion deletion() {
        return deletion;
    }

    /** Returns what becomes of properties that a dataset has no field for. */
    public NewProperties newProperties() {
        return newProperties;
    }

    /** Returns whether changes must say which version they change. */
    public Preconditions preconditions() {
        return preconditions;
    }

    /** Returns the media types for pages of items beside GeoJSON and NDJSON. */
    public List<ItemFormat> itemFormats() {
        return itemFormats;
    }

    /** Returns who is told about each request. */
    public StacObserver observer() {
        return observer;
    }

    /** Returns the clock. */
    public Clock clock() {
        return clock;
    }

    /** Returns where random bits come from. */
    public RandomSource random() {
        return random;
    }
}
