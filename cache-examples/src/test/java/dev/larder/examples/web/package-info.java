/** The web shop, tried with a browser. */
@NullMarked
package dev.larder.examples.web;

import org.jspecify.annotations.NullMarked;
