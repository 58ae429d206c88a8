package org.almagest.testing;

import org.junit.jupiter.api.Nested;

/** All that the API promises, run on one implementation; a subclass says where its stores are. */
public abstract class CatalogContract {
    /** Creates the suite. */
    protected CatalogContract() {}

    /** Returns an empty place for one store; called at least once for each test. */
    protected abstract TestStore newStore();

    /** Runs {@link IngestContract}. */
    @Nested
    class Ingest extends IngestContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link ValidationContract}. */
    @Nested
    class Validation extends ValidationContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link ValueContract}. */
    @Nested
    class Value extends ValueContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link CommitContract}. */
    @Nested
    class Commit extends CommitContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link NamesContract}. */
    @Nested
    class Names extends NamesContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link SchemaContract}. */
    @Nested
    class Schema extends SchemaContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link KeyContract}. */
    @Nested
    class Key extends KeyContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link TimeContract}. */
    @Nested
    class Time extends TimeContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link QueryContract}. */
    @Nested
    class Query extends QueryContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link FilterContract}. */
    @Nested
    class Filter extends FilterContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link ScopeContract}. */
    @Nested
    class Scope extends ScopeContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link BatchContract}. */
    @Nested
    class Batches extends BatchContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link CancellationContract}. */
    @Nested
    class Cancellation extends CancellationContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link PagingContract}. */
    @Nested
    class Paging extends PagingContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link SpatialContract}. */
    @Nested
    class Spatial extends SpatialContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link SphericalContract}. */
    @Nested
    class Spherical extends SphericalContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link ReplaceContract}. */
    @Nested
    class Replace extends ReplaceContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link DeleteContract}. */
    @Nested
    class Delete extends DeleteContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link DatasetDeletionContract}. */
    @Nested
    class DatasetDeletion extends DatasetDeletionContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link RetentionContract}. */
    @Nested
    class Retention extends RetentionContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link HistoryContract}. */
    @Nested
    class History extends HistoryContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link SortContract}. */
    @Nested
    class Sort extends SortContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link GeohashGridContract}. */
    @Nested
    class GeohashGrids extends GeohashGridContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link AggregateContract}. */
    @Nested
    class Aggregates extends AggregateContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link HistogramContract}. */
    @Nested
    class Histograms extends HistogramContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link ExtentContract}. */
    @Nested
    class Extent extends ExtentContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link SortedPagesContract}. */
    @Nested
    class SortedPages extends SortedPagesContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link CompositesContract}. */
    @Nested
    class Composites extends CompositesContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link ConcurrencyContract}. */
    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }

    /** Runs {@link RandomOperationsContract}. */
    @Nested
    class RandomOperations extends RandomOperationsContract {
        @Override
        protected TestStore newStore() {
            return CatalogContract.this.newStore();
        }
    }
}
