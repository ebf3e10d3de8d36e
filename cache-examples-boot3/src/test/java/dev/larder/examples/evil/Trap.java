package dev.larder.examples.evil;

import java.io.Serializable;

/** A class that acts when it is initialised. Its name is as long as that of the shop's cart, so that it can be written over that one; no test may make an object of it. */
public final class Trap implements Serializable {

    /** The system property that is set once the class was initialised, in whatever class loader. */
    public static final String CANARY = "larder.boot.canary";

    private static final long serialVersionUID = 1L;

    static {
        System.setProperty(CANARY, "dead");
    }

    private Trap() {}
}
