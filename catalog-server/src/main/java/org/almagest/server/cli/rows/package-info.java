/** The forms in which commands print datapoints. */
@NullMarked
package org.almagest.server.cli.rows;

import org.jspecify.annotations.NullMarked;
