/** Which sessions have a value of an index: what is stored of that, and the steps that change it. */
@NullMarked
package dev.larder.patterns.session.internal.index;

import org.jspecify.annotations.NullMarked;
