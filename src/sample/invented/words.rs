//! The vocabulary of invented offers.
use crate::topics::Activity;

/// What one does and handles in an artform: one list for each of the nine, one for volunteering.
pub fn things(artform: Activity) -> &'static str {
    match artform {
        Activity::Music => MUSIC,
        Activity::Dance => DANCE,
        Activity::Stage => STAGE,
        Activity::Words => WORDS,
        Activity::Heritage => HERITAGE,
        Activity::Screen => SCREEN,
        Activity::Nature => NATURE,
        Activity::Food => FOOD,
        Activity::Volunteering => HELPING,
        _ => MAKING,
    }
}

const MAKING: &str = "clay pots bowls glazes kilns wheels pinching coiling tiles mosaics mugs slabs sgraffito raku terracotta \
    porcelain paint watercolours acrylics pastels charcoal sketches portraits landscapes canvases easels brushes pigments \
    murals inks calligraphy knitting crochet yarn needles cardigans scarves blankets granny-squares quilts patchwork \
    embroidery stitches appliqué felt weaving looms tapestry macramé batik dyeing indigo shibori buttons mending hems \
    upholstery lampshades leather wallets basketry willow cane carving spoons whittling joinery shelves stools bird-boxes \
    bicycles toasters solder lino linocuts etching monotypes screenprints stencils woodblocks presses rollers letterpress \
    posters zines collage scissors cuttings glue papier-mâché origami kites lanterns puppets masks badges candles soap \
    jewellery beads wire enamel silver mosaic stained-glass cyanotypes pinhole cameras darkrooms portraiture lenses frames \
    albums scrapbooks cards wreaths ribbons sculpture plaster moulds casting maquettes armatures";
const MUSIC: &str = "songs choirs harmonies rounds folk gospel soul motown reggae ska jazz blues opera madrigals shanties ballads \
    lullabies carols anthems hymns chants descants sopranos altos tenors basses breath warm-ups ukuleles guitars banjos \
    mandolins violins fiddles cellos flutes recorders clarinets saxophones trumpets cornets trombones tubas accordions \
    concertinas harmonicas pianos keyboards synthesizers samplers turntables drums djembes congas bongos cajons tablas dhols \
    steelpans tambourines shakers marimbas xylophones glockenspiels gamelan gongs bells handbells whistles bagpipes sitars \
    ouds koras kalimbas melodies rhythms beats grooves riffs chords scales tempo lyrics verses choruses bridges duets \
    quartets ensembles bands orchestras jams rehearsals concerts vinyl records playlists soundtracks composers symphonies \
    sonatas nocturnes waltzes";
const DANCE: &str = "ballroom foxtrot quickstep tango rumba salsa bachata merengue cha-cha swing lindy jive charleston tap ballet \
    barre pliés contemporary improvisation contact bhangra bollywood kathak garba dabke afrobeats highlife azonto dancehall \
    ceilidh reels jigs morris clogs maypoles line-dancing square-dancing disco hip-hop breaking popping locking voguing \
    stretches balance posture reaching swaying stepping circling clapping marching chair-moves ankles shoulders hips spines \
    knees wrists yoga pilates breathing mats bolsters straps tai-chi qigong forms feldenkrais alexander somatics meditation \
    stillness mirrors music-and-movement partners circles duos scarves-and-silks parachutes rhythm-sticks";
const STAGE: &str = "plays scenes monologues dialogues scripts improv games characters costumes props wigs make-up greasepaint \
    curtains wings spotlights footlights prompts cues understudies directors rehearsed-readings pantomime farce tragedy \
    comedy stand-up sketches-and-skits punchlines clowning slapstick mime commedia juggling diabolos poi plate-spinning \
    unicycles tightropes hoops trapeze silks acrobatics tumbling stilts magic ventriloquism shadow-puppets radio-drama \
    verbatim forum ensemble-work voice projection diction gesture matinees previews musicals cabaret variety audiences \
    foyers tickets interval ice-cream programmes auditoriums balconies stalls";
const WORDS: &str = "poems haiku sonnets limericks odes ghazals villanelles stanzas metaphors similes rhymes letters postcards \
    diaries journals memoirs autobiographies novels novellas chapters plots thrillers mysteries whodunnits romances westerns \
    fables folktales fairytales myths legends sagas riddles proverbs sayings anecdotes yarns-and-tales monologues-on-paper \
    essays blogs reviews captions crosswords storyboards comics manga audiobooks libraries bookshelves paperbacks spines-and-covers \
    bookmarks reading-aloud spoken-word slams open-mics notebooks pens fountain-pens typewriters drafts edits commas \
    vocabulary conversation translation tongue-twisters nicknames memories recollections";
const HERITAGE: &str = "museums galleries archives exhibits collections curators objects artefacts relics coins medals maps charts \
    atlases photographs postcards-from-home ration-books telephones gramophones irons mangles kettles tins toys marbles \
    uniforms gowns bonnets quills ledgers census parishes churchyards monuments statues plaques almshouses docks wharves \
    warehouses canals locks railways tramways bridges-of-london arches markets mills breweries palaces manors windmills \
    lidos picture-houses music-halls pearly-kings suffragettes windrush evacuees dockers weavers silk-weavers costermongers \
    mudlarking treasures fossils minerals mummies dinosaurs tours trails walks oral-history genealogy ancestors heirlooms";
const SCREEN: &str = "films documentaries animations shorts features silents westerns-on-film noir musicals-on-screen classics \
    matinee-idols projectors reels-of-film popcorn subtitles directors-and-crews editing storyboarding stop-motion plasticine \
    green-screens sound-effects foley scripts-for-film podcasts microphones interviews radio recordings headphones tablets \
    laptops phones photographs-on-phones pixels avatars coding robots circuits games-design minecraft virtual-reality \
    digital-drawing styluses fonts layouts websites slideshows video-diaries home-movies archives-on-film";
const NATURE: &str = "seeds seedlings bulbs tubers compost mulch trowels forks watering-cans raised-beds allotments greenhouses \
    polytunnels herbs lavender rosemary thyme sage mint basil coriander marigolds sunflowers sweet-peas nasturtiums roses \
    dahlias daffodils tulips snowdrops crocuses bluebells primroses foxgloves poppies beans peas courgettes pumpkins squashes \
    tomatoes chillies aubergines carrots beetroot radishes spinach chard kale cabbages onions garlic leeks potatoes orchards \
    apples pears plums quinces figs mulberries brambles hedgerows meadows ponds frogs newts dragonflies bees hives honey \
    butterflies moths ladybirds wrens robins blackbirds sparrows swifts herons owls hedgehogs foxes squirrels bats oaks \
    beeches limes planes birches hawthorns yews willows ferns mosses lichens mushrooms leaves bark twigs driftwood nests \
    land-art nature-journals binoculars footpaths towpaths commons heaths woods marshes wetlands";
const FOOD: &str = "bread sourdough flatbreads chapatis naan injera bagels buns scones crumpets cakes sponges biscuits shortbread \
    pastries pies tarts samosas dumplings gyoza noodles pasta ravioli pizza soups broths stews curries dals tagines jollof \
    plantain yams cassava okra rice-and-peas biryani pilau couscous hummus falafel mezze salads pickles chutneys jams \
    marmalade kimchi sauerkraut yoghurt paneer halloumi omelettes frittatas roasts casseroles crumbles custard trifles \
    pancakes waffles smoothies teas cardamom cinnamon cumin turmeric ginger saffron recipes menus tasting kneading chopping \
    simmering baking aprons rolling-pins saucepans ladles suppers lunches breakfasts feasts";
const HELPING: &str = "stewarding ushering welcoming front-of-house box-office cataloguing mentoring befriending gallery-guiding \
    programme-selling set-building costume-care archive-sorting leafleting fundraising events festivals carnivals parades \
    box-carrying tea-making microphones-and-cables newsletters social-media translation-help committees open-days";

pub const MANNERS: &str = "gentle slow friendly easy-going relaxed quiet lively cheerful curious playful patient welcoming steady \
    unhurried colourful simple bold brave tender thoughtful merry spirited sociable mindful creative bright cosy open \
    kind calm warm joyful soothing practical hands-on inventive mixed intergenerational small sunny seasonal weekly \
    everyday homely roomy peaceful generous hopeful restful lighthearted tuneful neighbourly local early late first-time \
    rusty improving wandering dreamy earthy whimsical old-fashioned modern experimental traditional faithful humble";

pub const GROUPS: &str = "circle club group workshop studio table collective gathering hour morning afternoon evening session sessions \
    class course company society social exchange café kitchen corner crew makers explorers beginners friends neighbours \
    fellowship playground laboratory den shed parlour salon project drop-in meet-up taster series lab sanctuary hub \
    together reunion get-together jamboree academy guild caravan";

pub const FEELINGS: &str = "lonely low anxious stressed tired restless grieving stuck shy rusty worried overwhelmed bored isolated \
    numb tearful foggy tense sleepless wobbly uncertain homesick burnt-out unmotivated flat fragile jittery forgotten cooped-up \
    breathless stiff sore achy unsteady weary lost";

pub const GAINS: &str = "company confidence laughter friendship rhythm purpose pride rest focus energy strength balance breath sleep \
    memories skills courage belonging routine hope ease curiosity conversation comfort freedom wonder fun stillness \
    achievement trust self-belief patience playfulness connection perspective resilience acceptance encouragement relief joy \
    kindness motivation inspiration companionship reassurance independence identity voice";

pub const COMFORTS: &str = "tea coffee cake fruit biscuits squash soup toast a-warm-radiator soft-chairs cushions armchairs daylight \
    lamps a-garden a-courtyard a-balcony a-fireplace a-piano a-library a-quiet-room a-kettle a-noticeboard a-lift \
    a-ramp a-sofa a-window-seat a-parking-bay an-urn a-cloakroom a-hatch blankets-to-borrow spare-glasses aprons-to-borrow \
    large-print magnifiers hearing-aids-batteries ear-defenders fidget-toys a-sensory-corner a-changing-bench a-prayer-room \
    a-pram-park a-bus-stop-outside a-friendly-dog an-aquarium a-jigsaw";

pub const ROOMS: &str = "hall studio workshop library church chapel mosque gurdwara temple synagogue school college museum gallery \
    theatre cinema arts-centre community-centre family-hub pavilion clubhouse bandstand allotment greenhouse farm orchard \
    boathouse barge arches yard mill brewery market arcade vestry crypt refectory gymnasium lounge surgery clinic hospice \
    hospital day-centre settlement institute tabernacle town-hall assembly-rooms depot signal-box lodge stables coach-house \
    conservatory schoolroom undercroft";

pub const NAMERS: &str = "Lantern Hollow Copper Willow Kestrel Magpie Juniper Compass Harbour Tinder Thistle Marigold Saffron Ember \
    Foxglove Bramble Pebble Driftwood Sparrow Heron Cobbler Chandler Cooper Fletcher Tanner Weaver Baker Mason Potter Saddler \
    Linden Rowan Alder Hazel Aspen Maple Sycamore Quince Mulberry Damson Elder Sorrel Clover Yarrow Teasel Burdock Comfrey \
    Anchor Beacon Bellows Kiln Loom Shuttle Thimble Bobbin Treadle Anvil Chisel Trowel Plumb Lattice Gable Turret Cloister \
    Meridian Solstice Equinox Tide Estuary Causeway Weir Ferry Jetty Mooring Rope Canvas Tiller Sextant Moonrise Daybreak \
    Firefly Cricket Dormouse Otter Badger Hare Wren Swift Plover Curlew Lapwing Nightjar Goldfinch Starling Jackdaw Rook \
    Paper Velvet Linen Muslin Calico Gingham Tweed Corduroy Button Ribbon Feather Candle Teapot Kettle Spoon Ladle Pepper \
    Nutmeg Clove Vanilla Ginger Almond Chestnut Walnut Acorn Conker Catkin Petal Blossom Orchard Meadow Furrow Hedgerow Stile";

pub const STREETS: &str = "Row Lane Yard Mews Walk Passage Court Square Rise Hill Grove Terrace Gardens Close Way Path Green Parade \
    Crescent Alley Street Road Place Wharf Steps";

pub const FIRST_NAMES: &str = "Amara Dele Ruth Kwame Ngozi Ines Tomasz Priya Yusuf Hana Leila Marek Saoirse Gwen Idris Farah Olu Beatriz \
    Chidi Anjali Mehmet Zeynep Rosa Mateo Lucia Hamza Amina Fatima Ibrahim Sunita Rajesh Meera Arjun Deepa Kavita Nikhil Asha \
    Wanjiru Abebe Selam Tigist Desta Kofi Abena Ama Yaw Efua Femi Tunde Bola Sade Ify Emeka Uche Chioma Grace Patience \
    Comfort Delroy Winston Marcia Yvonne Leroy Sharon Trevor Bev Errol Hyacinth Desmond Ivy Pearl Doreen Stan Reg Mavis Elsie \
    Walter Maureen Brenda Derek Norman Sheila Colin Gillian Keith Janet Barry Lorraine Terry Noreen Declan Siobhan Aoife Niamh \
    Padraig Cormac Rhian Carys Dylan Ewan Morag Fiona Hamish Isla Agnieszka Piotr Kasia Jakub Zofia Wojtek Ioana Radu Elena Andrei \
    Mihai Giulia Marco Paolo Chiara Luca Sofia Pedro Joana Tiago Catarina Duarte Manuela Carmen Javier Pilar Diego Camila \
    Valentina Thiago Xin Wei Mei Jun Ling Hui Yan Minh Linh Thao Huong Duc Sakura Kenji Yuki Haruto Ji-woo Min-jun Seo-yeon \
    Arash Nasrin Dariush Parisa Karim Layla Nadia Omar Salma Tariq Rania Zainab Khadija Abdi Hodan Sahra Mahad Ayaan Asad Rukhsana \
    Nasreen Shabnam Imran Saima Bilal Nusrat Rahima Shirin Jahanara Kamal";

pub const LAST_NAMES: &str = "Akande Lindqvist Okafor Mensah Boateng Adeyemi Balogun Eze Nwosu Osei Owusu Asante Danquah Tesfaye Haile \
    Bekele Mwangi Otieno Kamau Njoroge Abdullahi Warsame Hassan Farah-Ali Jama Rahman Chowdhury Begum Miah Khatun Uddin Hussain \
    Akhtar Malik Qureshi Sheikh Siddiqui Mirza Patel Shah Desai Mehta Joshi Iyer Nair Menon Pillai Reddy Kaur Singh-Gill Sandhu \
    Dhillon Grewal Bains Kowalski Nowak Wiśniewska Zielińska Lewandowski Mazur Popescu Ionescu Dumitru Marin Petrov Ivanova \
    Dimitrov Georgiou Papadakis Konstantinou Demir Yılmaz Kaya Aydın Öztürk Şahin Silva Santos Ferreira Oliveira Pereira Costa \
    Almeida Garcia Fernandez Moreno Delgado Vargas Castillo Quispe Rojas Rossi Bianchi Ricci Romano Moretti Dubois Laurent Moreau \
    Nguyen Tran Pham Huynh Chen Wong Cheung Lau Leung Tanaka Suzuki Takahashi Kim-Park Choi Haddad Khoury Mansour Nassar Aziz \
    Rostami Karimi Tehrani Byrne Doyle Gallagher Kearney Brennan Sweeney Maguire Prothero Llewellyn Pritchard Bevan Cadwallader \
    MacInnes Drummond Galbraith Urquhart Penhaligon Trelawny Ashworth Hardcastle Ramsbottom Entwistle Thackeray Fothergill Barnaby \
    Pettigrew Winterbourne Applegarth Larkin Pumphrey Sugden Tattersall Whitlock Yardley Marlow Clarke-Joseph Baptiste Joseph Pierre \
    Charles Augustin Lewis-Grant Campbell-Reid Gordon Bailey Morgan-Cole Francis Thompson-Bell Samuels Roache Palmer-Lee";

pub const VERBS: &str = "make share try learn explore discover practise enjoy build gather mix shape invent swap borrow tell hear follow \
    lead sort polish repair collect arrange compare remember record perform display plant harvest stretch steady loosen notice \
    sketch stitch fold print carve press layer blend tune hum strum tap sway stroll wander taste stir season knead whisk read \
    recite rhyme pretend rehearse applaud giggle chat listen rest pause breathe begin finish celebrate rediscover unpick restore \
    rearrange decorate photograph film edit frame hang sing dance act play paint draw write cook grow walk visit handle";
