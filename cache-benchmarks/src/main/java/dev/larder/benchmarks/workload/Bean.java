package dev.larder.benchmarks.workload;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What a data source typically hands out: mutable, with ten fields, one of them a list. */
@SuppressWarnings("unused") // its fields are read by whoever copies it
final class Bean implements Serializable {
    private static final long serialVersionUID = 1;

    private long id;
    private String name;
    private String street;
    private String city;
    private int age;
    private boolean active;
    private double score;
    private BigDecimal balance;
    private LocalDate since;
    private List<String> labels;

    Bean(int number) {
        id = number;
        name = "name " + number;
        street = "street " + number;
        city = "city " + number % 100;
        age = number % 90;
        active = number % 2 == 0;
        score = number / 7.0;
        balance = BigDecimal.valueOf(number, 2);
        since = LocalDate.ofEpochDay(number % 20_000);
        labels = new ArrayList<>(List.of("first", "second", "third"));
    }
}
