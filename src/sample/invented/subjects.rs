//! What invented offers are about besides their artform: the things people make pictures, songs and
//! stories of.

pub const SUBJECTS: &str = "rivers storms harbours lighthouses islands mountains valleys deserts glaciers volcanoes rainbows thunder \
    lightning drizzle fog frost snowflakes icicles sunsets dawns eclipses comets planets galaxies constellations satellites \
    rockets astronauts telescopes tides pebbles seashells anemones octopuses whales dolphins seals penguins puffins gulls \
    cormorants kingfishers pelicans flamingos peacocks parrots pigeons hens ducklings geese swans lambs goats donkeys ponies \
    cows bulls camels elephants giraffes zebras lions tigers leopards bears wolves monkeys lemurs kangaroos koalas tortoises \
    lizards snakes crocodiles toads snails worms spiders beetles grasshoppers caterpillars fireflies mosquitoes cats kittens \
    dogs puppies hamsters goldfish budgerigars dragons unicorns mermaids giants witches wizards ghosts fairies goblins heroes \
    villains pirates sailors captains explorers pilots drivers conductors porters signallers miners blacksmiths bakers \
    butchers tailors cobblers milkmaids shepherds farmers fishermen gardeners nurses doctors midwives teachers caretakers \
    cooks waiters postmen firefighters lifeguards referees footballers cricketers swimmers runners cyclists boxers skaters \
    grandparents aunts uncles cousins twins babies toddlers teenagers elders neighbours-next-door strangers sweethearts \
    weddings birthdays anniversaries christenings funerals farewells homecomings holidays picnics seaside piers donkeys-and-deckchairs \
    carousels fairgrounds circuses bonfires fireworks snowmen sledges umbrellas wellingtons raincoats mittens hats bonnets-and-bows \
    handbags suitcases trunks passports tickets-home trains trams buses taxis ferries barges-at-night rowing-boats kayaks \
    balloons aeroplanes helicopters motorbikes scooters prams wheelbarrows tractors windmills-and-water bridges tunnels \
    staircases doorways windows chimneys rooftops attics cellars kitchens-of-childhood parlours bedrooms bathtubs mirrors-and-moons \
    clocks watches calendars candles-in-windows matches lamps-at-dusk radios televisions letterboxes telephones-that-ring \
    newspapers magazines stamps coins-in-pockets keys locks-and-secrets treasure anchors ropes nets baskets buckets brooms \
    teapots-and-tempers cups saucers plates spoonfuls sugar salt pepper-and-spice lemons oranges bananas cherries strawberries \
    raspberries blackcurrants gooseberries rhubarb grapes melons peaches apricots pomegranates mangoes pineapples coconuts \
    papayas guavas lychees dates-and-palms walnuts-in-winter hazelnuts crimson scarlet vermilion amber ochre turquoise teal cobalt \
    ultramarine violet lilac magenta emerald olive ivory charcoal-grey bronze copper-light gold silver-birch shadows \
    reflections echoes whispers footsteps fingerprints freckles eyebrows elbows heartbeats hiccups sneezes lullabies-half-remembered \
    dreams nightmares wishes promises secrets surprises mistakes apologies jokes arguments reconciliations journeys \
    crossroads signposts borders frontiers homelands languages accents alphabets numbers patterns spirals stripes checks spots \
    zigzags triangles pentagons pyramids domes columns fountains statues-that-move benches railings gateways puddles ditches \
    streams brooks waterfalls reservoirs cathedrals minarets pagodas caravans tents cabins cottages castles skyscrapers";
