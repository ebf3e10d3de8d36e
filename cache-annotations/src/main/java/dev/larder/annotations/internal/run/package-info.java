/** What happens at a call of an annotated method. */
@NullMarked
package dev.larder.annotations.internal.run;

import org.jspecify.annotations.NullMarked;
