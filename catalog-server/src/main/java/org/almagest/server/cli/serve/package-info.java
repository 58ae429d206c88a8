/** Commands around the server: to run it, and to say who may use it. */
@NullMarked
package org.almagest.server.cli.serve;

import org.jspecify.annotations.NullMarked;
