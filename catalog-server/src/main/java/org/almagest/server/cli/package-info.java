/** The command line. */
@NullMarked
package org.almagest.server.cli;

import org.jspecify.annotations.NullMarked;
