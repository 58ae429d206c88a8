/** Commands that ask for datapoints. */
@NullMarked
package org.almagest.server.cli.query;

import org.jspecify.annotations.NullMarked;
