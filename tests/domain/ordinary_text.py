"""Everyday text, written to hold words that begin like words of alarm: none of it speaks of anybody's health."""

from domain.reply_rules import word_list

WORDS = word_list(
    """
    number numbers numbered numbering numeral paint painted painter painting paints pinpoint achieve achieved
    achievement achieves hurtle hurdle tightrope tights weekend weekday swellhead puffin puffins rasher rashly
    coughdrop infectee hospitality hospitable scratchpad scratchy burner burnish burnett strainer sprainless
    dragon dragonfly gripper hanger hangar thicket tenderloin slider slideshow stiffener lumpsum sickle illegal
    illustrate illusion chillier chili flue fluent fluid fluffy influencer strepto coastal numbskull clothes
    clothing clutch rashid temper temple template temporary tempo portal portion porter portland monopoly monotone
    monologue erase errand error era fallback fullest operational surge surgeonfish brokerage broker brochure
    patchwork shooter bitesize burndown coldplay colder virusfree pilling pillow pillows drugstore drumming medal
    medallion medium meditate meditation medley hivesuite wedding wednesday wellness wellbeing sharply sorely
    sorting bloom blouse bleedless achiever cancerian heartfelt hearty heartland chestnut chestnuts breathtaking
    breathable breather facet faced dieter diet dietitian deadline deadlines deadbolt blackboard passover passport
    outgoing outfit enfermera enfermeria enfermeros sangria cortadito cortado golpecito presionar presionante
    numero numeros numerado embarazoso tosco tostada tostadas torta medico medida medias hinchas aficion gripado
    llagar inflable inflar cirujano puntual punto puntos picazo ardilla pecera
    """
)

ENGLISH = """
What is the number for the office?
I changed my phone number last week.
Is this still the right number to text?
I painted the kitchen and then the hallway.
We achieved a lot this weekend.
The parking lot was tight but I found a spot.
What time do you open on Saturday?
My daughter starts school on Monday.
We are going to the lake this weekend.
Can you send the address again?
Which suite are you in?
Do you take my insurance?
I left my sweater in room two.
Is there a discount for paying ahead?
The new website looks great.
I bought a gift card for my sister.
Do I need to bring the form?
It is cold outside today.
The room temperature was perfect.
That song was a big hit back then.
I work at a hospital on the east side.
My brother paints houses.
We live near the temple.
The traffic on the bridge is slow.
I take the number nine bus.
The weekend was wonderful.
Our dog loves the park.
I moved to a new apartment.
Could I get a receipt for taxes?
Do you sell the oil that Dana uses?
I forgot my watch at the front desk.
Please tell Dana I said hello.
That playlist was so calming.
We had a breathtaking view from the cabin.
My boss gave me Friday off.
I am on a conference call until noon.
The printer at work is broken.
I broke my coffee mug this morning.
He broke the news to everyone.
I fell asleep on the couch.
I fell in love with that lotion.
I have been swamped with deadlines.
The deadline for the form is Friday.
I used my last gift card.
My heart goes out to you all.
From the bottom of my heart, thank you.
I know the way by heart.
I'm dying to know who does the music.
It was to die for.
The wait was killing me.
The long strokes are my favorite.
I swim the backstroke on Tuesdays.
I pulled into the wrong driveway.
I pulled up the directions already.
It slipped my mind completely.
I ran into Maria at the store.
The new medical building is easy to find.
Is there parking behind the medical center?
I meditate every morning.
We tried the meditation app.
My pillow is too thick.
Do you recommend a certain pillow?
I grabbed a bite on the way home.
We watched the game last night.
The battery on my phone is low.
My computer is acting up.
I need a new laptop.
It's a bug in your booking page.
The link in the message is broken.
I have a meeting about the budget.
I need to pick up the kids at three.
My flight lands at nine.
We are out of coffee.
I'll check my calendar.
I'll ask my wife.
I'll let you know.
I'll call the office.
I'll think about it.
I'll bring the form with me.
I’ll text you when I park.
We'll see how it goes.
We'll figure it out.
We'll talk to Dana about it.
Ill let you know tomorrow.
Ill bring my card.
Well see what the boss says.
He'll drive me there.
She'll pick me up after.
They're still open I think.
It's been a busy season.
I'd like to bring my own music.
What's the wifi password?
Who will I be seeing?
Where do I park?
How long is the visit?
Is the door on the side?
Do you have blankets?
The table was very comfortable.
I loved the music.
The oil smelled like lavender.
Do you carry chestnut honey?
The facial looked interesting on your menu.
Does Dana also do facials?
My face mask got wet in the rain.
I drive a red pickup.
There is a red door next to yours.
The light in the hall is out.
The elevator is slow.
I took the stairs.
The stairs are around back?
What floor are you on?
I can't find the building.
I can't open the link.
I can't log in to the portal.
I can't talk right now.
I can't speak right now, in a meeting.
Can't talk now, driving.
I couldn't find the entrance.
I lost my receipt.
I lost the paper with the exercises.
I lost track of time.
I need the exercises again please.
Which exercise was for the shoulders?
How many sets should I do?
Is swimming okay?
Can I go running?
Do I keep doing the stretches?
I skipped the stretches on Sunday.
I used the foam roller twice.
My gym is closed this week.
I lifted boxes all day.
The move went well.
We are painting the nursery.
The weekend weather looks good.
It was a hard week at work.
My shift ends at four.
Work has been crazy.
School is out on Friday.
The kids have a recital.
We have tickets to the show.
My car is in the shop.
The bus was full.
I'm on the train.
I just got home.
I'm at the grocery store.
I'm making dinner.
I ate too much turkey.
Happy new year to everyone.
You have the best team.
Five minutes is plenty.
Do you have a lost and found?
I wanted to ask about gift cards.
Is tipping included?
How do I leave a review?
I left you a review.
What is your cancellation policy?
Do you charge for late arrivals?
My insurance card is new.
Did my claim go through?
How much do I owe?
Can I pay with a card?
I mailed a check on Monday.
The bill has the wrong address.
Please update my email address.
I have a new job.
I started a new job last month.
I started yoga.
I got a new phone.
I got a promotion.
I got married.
The number on the bill is wrong.
"""

SPANISH = """
¿Cuál es el número de la oficina?
Cambié de número la semana pasada.
¿Este es el número correcto?
Pinté la cocina este fin de semana.
Logramos mucho este fin de semana.
El estacionamiento estaba lleno.
¿A qué hora abren el sábado?
Mi hija empieza la escuela el lunes.
¿Me manda la dirección otra vez?
¿Aceptan mi seguro?
Dejé mi suéter en el cuarto dos.
La enfermera del edificio es muy amable.
Mi prima estudia enfermería.
Compré una tarjeta de regalo.
Hoy hace mucho frío.
La música estuvo muy bonita.
Quiero un cortadito.
Nos tomamos una sangría en la playa.
Fue un momento embarazoso con mi jefe.
Trabajo en un hospital.
Mi hermano pinta casas.
Vivimos cerca del templo.
El autobús va lento.
Se me olvidó el reloj.
Salúdeme a Dana.
Estoy en una junta.
Se rompió la taza.
Me enamoré de esa crema.
Me muero de ganas de saber.
Me muero de risa.
Con todo mi corazón, gracias.
La computadora no sirve.
Mi teléfono no tiene pila.
Voy por los niños a las tres.
Mi vuelo llega a las nueve.
Le pregunto a mi esposa.
Le aviso mañana.
Yo le llamo.
¿Con quién me toca?
¿Dónde me estaciono?
¿Cuánto dura la sesión?
La mesa es muy cómoda.
El aceite huele a lavanda.
No encuentro el edificio.
No puedo abrir el enlace.
No puedo hablar ahora.
Perdí el recibo.
¿Me manda los ejercicios?
¿Cuántas veces los hago?
¿Puedo nadar?
Cargué cajas todo el día.
La mudanza salió bien.
Mucho trabajo esta semana.
Tenemos boletos para el concierto.
El carro está en el taller.
Ya llegué a la casa.
Estoy en el súper.
Feliz año a todos.
¿Cuánto debo?
¿Puedo pagar con tarjeta?
Tengo un trabajo nuevo.
Empecé un trabajo nuevo.
Me casé.
Los hinchas llenaron el estadio.
La media naranja y el medio kilo.
"""


def sentences() -> list[str]:
    """Every sentence of both languages."""
    return [line for line in (ENGLISH + SPANISH).split("\n") if line]
