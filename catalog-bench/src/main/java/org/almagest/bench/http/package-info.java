/** What HTTP and JSON cost on top of the engine. */
@NullMarked
package org.almagest.bench.http;

import org.jspecify.annotations.NullMarked;
