@NullMarked
package dev.larder.examples.annotations;

import org.jspecify.annotations.NullMarked;
