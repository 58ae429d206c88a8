package org.almagest.io.stac.api;

import org.junit.jupiter.api.Nested;

/** What a STAC API promises, over whatever catalog and however requests get there. One nested class per theme. */
public abstract class StacContract {
    /** Returns an API over an empty catalog. */
    protected abstract StacFixture open(StacOptions options);

    @Nested
    class Landing extends LandingContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }

    @Nested
    class Collections extends CollectionContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }

    @Nested
    class Queryables extends QueryablesContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }

    @Nested
    class Transactions extends TransactionContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }

    @Nested
    class Paging extends PagingContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }

    @Nested
    class Html extends HtmlContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }

    @Nested
    class OpenApi extends OpenApiContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }

    @Nested
    class RoundTrips extends RoundTripContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }

    @Nested
    class Parameters extends ParameterContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }

    @Nested
    class Geometries extends GeometryContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }

    @Nested
    class Times extends TimeContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }

    @Nested
    class Tags extends TagContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }

    @Nested
    class Filters extends FilterContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }

    @Nested
    class Fields extends FieldsContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }

    @Nested
    class Sorts extends SortContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }

    @Nested
    class QueryMembers extends QueryMemberContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }

    @Nested
    class Aggregations extends AggregationContract {
        @Override
        StacFixture open(StacOptions options) {
            return StacContract.this.open(options);
        }
    }
}
