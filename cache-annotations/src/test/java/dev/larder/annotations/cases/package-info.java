/** What annotated methods do, in whatever container. */
@NullMarked
package dev.larder.annotations.cases;

import org.jspecify.annotations.NullMarked;
